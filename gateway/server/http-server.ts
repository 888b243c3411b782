import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from '../../host/node-http.ts'
import { isAllowedHost } from './allowed-sources.ts'
import type { Vitals } from './vitals.ts'

const maxConnections = 256

/** Answers `/health` and nothing else; whoever holds a connection open for nothing loses it. */
export function createHttpServer(vitals: Vitals, port: number): Server {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      // Longer than the host's pause between two probes, so that its connection is kept.
      keepAliveTimeout: 30_000,
    },
    (request, response) => answer(request, response, vitals, port),
  )
  server.maxConnections = maxConnections
  return server
}

function answer(request: IncomingMessage, response: ServerResponse, vitals: Vitals, port: number): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || request.headers['content-length'] !== undefined
  if (hasBody) response.shouldKeepAlive = false // nothing here reads a body, so it must not be waited for
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  if (!isAllowedHost(request, port)) return refuse(response, 403, 'Unknown host')
  if (request.url !== '/health') return refuse(response, 404, 'Not found')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return refuse(response, 405, 'Method not allowed')
  }
  sendHealth(response, vitals)
}

function sendHealth(response: ServerResponse, vitals: Vitals): void {
  const reason = vitals.closingBecause()
  const { version } = vitals
  const body = reason
    ? { ok: false, status: 'closing', reason, version, uptimeMs: vitals.uptimeMs() }
    : { ok: true, status: 'live', version, uptimeMs: vitals.uptimeMs() }
  response.statusCode = reason ? 503 : 200
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.end(`${JSON.stringify(body)}\n`)
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.end(`${text}\n`)
}
