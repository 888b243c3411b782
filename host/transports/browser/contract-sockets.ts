import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { HostHandlers } from '../../../shared/host-api.ts'
import { closeSessionRequired, maxClientFrameBytes } from '../../../shared/wire.ts'
import { serveContract } from '../contract-server.ts'
import type { HostEvents } from '../host-events.ts'
import type { RequestGuard } from './request-guard.ts'
import type { BrowserSessions } from './sessions.ts'

const path = '/contract'
const authLimitMs = 5_000
const maxConnections = 32
/** What a page that does not read may leave waiting here before it is cut off. */
const maxWaitingBytes = 8 * 1024 * 1024
const firstFrame = z.strictObject({ auth: z.string().max(128) })

interface ContractSocketParts {
  readonly guard: RequestGuard
  readonly sessions: BrowserSessions
  readonly handlers: HostHandlers
  readonly events: HostEvents
}

/**
 * The contract over WebSocket. The handshake needs our Host, our Origin and the cookie; the first
 * message needs the key that belongs to it. Nothing is said before both.
 */
export function openContractSockets({ guard, sessions, handlers, events }: ContractSocketParts) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxClientFrameBytes,
    perMessageDeflate: false,
    clientTracking: true,
  })

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node has taken its own listener away; a peer that goes now must not end the host.
    socket.on('error', () => socket.destroy())
    const cookie = guard.cookie(request)
    if (!guard.isForUs(request) || !guard.isFromOurPage(request) || request.url !== path) {
      return refuse(socket, '403 Forbidden')
    }
    if (server.clients.size >= maxConnections) return refuse(socket, '503 Service Unavailable')
    server.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => {}) // `close` follows
      // A page can read a close code, not an HTTP status: one that lost its cookie must be told so.
      if (!sessions.hasCookie(cookie)) return client.close(closeSessionRequired)
      admit(client, cookie)
    })
  }

  function admit(client: WebSocket, cookie: string | null): void {
    const timer = setTimeout(() => client.close(closeSessionRequired), authLimitMs)
    client.once('close', () => clearTimeout(timer))
    client.once('message', (data, isBinary) => {
      clearTimeout(timer)
      const frame = isBinary ? null : firstFrame.safeParse(parseJson(String(data)))
      if (!frame?.success || !sessions.admits(cookie, frame.data.auth))
        return client.close(closeSessionRequired)
      client.send(JSON.stringify({ ready: true }))
      serve(client)
    })
  }

  function serve(client: WebSocket): void {
    const session = serveContract(handlers, events, {
      surface: 'browser',
      send(frame) {
        if (client.bufferedAmount > maxWaitingBytes) client.terminate()
        else if (client.readyState === client.OPEN) client.send(JSON.stringify(frame))
      },
    })
    client.on('message', (data, isBinary) => {
      if (isBinary || !session.receive(String(data))) client.close(1003)
    })
    client.once('close', () => session.close())
  }

  return {
    upgrade,
    close() {
      for (const client of server.clients) client.close(1001)
      server.close()
    },
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
