import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { loopback } from '../../../shared/endpoints.ts'
import type { HostHandlers } from '../../../shared/host-api.ts'
import { problem } from '../../../shared/problem.ts'
import { createServer } from '../../node-http.ts'
import { findPageFile, pageHeaders } from '../../page/page-files.ts'
import type { HostEvents } from '../host-events.ts'
import { openContractSockets } from './contract-sockets.ts'
import { readSmallJson } from './read-small-json.ts'
import { RequestGuard } from './request-guard.ts'
import type { BrowserSessions } from './sessions.ts'

interface BrowserServerParts {
  /** 0 takes a free one. */
  readonly port: number
  /** Folder of the built page. */
  readonly pageRoot: string
  readonly sessions: BrowserSessions
  readonly handlers: HostHandlers
  readonly events: HostEvents
}

export interface BrowserServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * The browser's transport: the page, the exchange of a code for a session, and the contract over a
 * WebSocket. Listens on the literal 127.0.0.1. Rejects with the system's error where the port is taken.
 */
export async function openBrowserServer(parts: BrowserServerParts): Promise<BrowserServer> {
  const server = createServer({ maxHeaderSize: 16 * 1024, headersTimeout: 5_000, requestTimeout: 10_000 })
  await listen(server, parts.port)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : parts.port
  const guard = new RequestGuard(port)
  const sockets = openContractSockets({ ...parts, guard })
  server.on('request', (request, response) => {
    void respond(request, response).catch(() => response.destroy())
  })
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!guard.isForUs(request)) {
      return text(
        response,
        421,
        `This server answers only to ${loopback}:${port}. Open exactly that address.`,
      )
    }
    if (request.url === '/session') return openSession(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return text(response, 405, 'Only GET and HEAD.')
    const file = await findPageFile(parts.pageRoot, request.url ?? '')
    if (!file) return text(response, 404, 'No such page.')
    response.writeHead(200, {
      ...pageHeaders,
      'content-type': file.type,
      'content-length': file.body.length,
      'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-store',
    })
    response.end(request.method === 'HEAD' ? undefined : file.body)
  }

  async function openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return text(response, 405, 'Only POST.')
    // A form of a foreign page cannot send this type; a script of one is stopped by Origin.
    if (!guard.isFromOurPage(request) || request.headers['content-type'] !== 'application/json') {
      return json(response, 403, problem('SESSION_REQUIRED', {}))
    }
    const body = await readSmallJson(request)
    const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null
    const session = typeof code === 'string' ? parts.sessions.redeem(code, guard.cookie(request)) : null
    if (!session) return json(response, 403, problem('SESSION_CODE_USED', {}))
    response.setHeader(
      'set-cookie',
      `${guard.cookieName}=${session.cookie}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000`,
    )
    json(response, 200, { key: session.key })
  }

  return {
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      sockets.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8' })
  response.end(`${body}\n`)
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    ...pageHeaders,
    'content-type': 'application/json',
    'cache-control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: loopback, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
