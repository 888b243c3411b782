import { existsSync } from 'node:fs'
import { chmod, mkdir, rm, stat } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import type { HostHandlers } from '../../shared/host-api.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { maxClientFrameBytes } from '../../shared/wire.ts'
import { serveContract } from './contract-server.ts'
import type { HostEvents } from './host-events.ts'
import { readLines } from './lines.ts'

/** `sun_path` of unix(7) less its final NUL, on the stricter of both systems (macOS: 104 bytes). */
const maxSocketPathBytes = 103
/** What a client that does not read may leave waiting here before it is cut off. */
const maxWaitingBytes = 8 * 1024 * 1024

/** How often it is looked whether the socket is still at its place. */
const keepEveryMs = 2_000

export interface ControlSocket {
  close(): Promise<void>
}

/**
 * Serves the contract as JSON lines on a Unix socket that only this user may open: the folder is
 * 0700, the socket 0600. Call it only while holding the host lock: a socket file found here is then
 * a dead host's.
 */
export async function openControlSocket(
  path: string,
  handlers: HostHandlers,
  events: HostEvents,
): Promise<{ ok: true; socket: ControlSocket } | { ok: false; problem: Problem }> {
  if (Buffer.byteLength(path) > maxSocketPathBytes) {
    return {
      ok: false,
      problem: problem('HOST_SOCKET_PATH_TOO_LONG', { path, limitBytes: maxSocketPathBytes }),
    }
  }
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await stat(folder)
  if (found.uid !== process.getuid?.()) {
    return {
      ok: false,
      problem: problem('HOST_DIR_UNUSABLE', { path: folder, detail: `it belongs to user ${found.uid}` }),
    }
  }
  await chmod(folder, 0o700)
  const clients = new Set<Socket>()
  const bind = async (): Promise<Server> => {
    const server = createServer((client) => {
      clients.add(client)
      client.once('close', () => clients.delete(client))
      serveClient(client, handlers, events)
    })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await rm(path, { force: true })
    await listen(server, path)
    await chmod(path, 0o600)
    return server
  }
  let server: Server
  try {
    server = await bind()
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error)
    return { ok: false, problem: problem('HOST_DIR_UNUSABLE', { path, detail }) }
  }
  // logind removes /run/user/<uid> when the last session ends, under a host that goes on.
  const keeping = setInterval(() => {
    if (existsSync(path)) return
    server.close() // before another is bound: closing removes whatever lies at the path
    bind().then(
      (fresh) => {
        server = fresh
      },
      () => {}, // tried again at the next look
    )
  }, keepEveryMs)
  keeping.unref()
  return {
    ok: true,
    socket: {
      async close() {
        clearInterval(keeping)
        const closed = new Promise<void>((resolve) => server.close(() => resolve()))
        for (const client of clients) client.end()
        const timer = setTimeout(() => {
          for (const client of clients) client.destroy()
        }, 500)
        await closed
        clearTimeout(timer)
      },
    },
  }
}

function serveClient(client: Socket, handlers: HostHandlers, events: HostEvents): void {
  const session = serveContract(handlers, events, {
    surface: 'socket',
    send(frame) {
      if (client.writableLength > maxWaitingBytes) client.destroy()
      else client.write(`${JSON.stringify(frame)}\n`)
    },
  })
  client.on('error', () => {}) // `close` follows
  client.once('close', () => session.close())
  readLines(client, maxClientFrameBytes, {
    line: (text) => {
      if (!session.receive(text)) client.destroy()
    },
    tooLong: () => client.destroy(),
  })
}

function listen(server: Server, path: string): Promise<void> {
  // Bound with no rights for others from the first moment, not only after the chmod.
  const before = process.umask(0o177)
  return new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => resolve())
  }).finally(() => process.umask(before))
}
