import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer } from '../../host/node-http.ts'
import type { AccessLog } from '../access/access-log.ts'
import type { Logger } from '../log/logger.ts'
import type { CountsRecord } from './counts.ts'
import { createRoutes, type HttpAnswer, type RouteServices, refusal } from './http-routes.ts'
import { plainAddress } from './peer.ts'
import { refuseUnreadable } from './unreadable-request.ts'

export interface HttpServices extends RouteServices {
  readonly counts: CountsRecord
  readonly access: Pick<AccessLog, 'write'>
  readonly logger: Pick<Logger, 'error'>
  /** Whether the request names one of the addresses that the gateway listens on. */
  isAllowedHost(request: IncomingMessage): boolean
  /** Whom a trusted proxy names; it grants nothing. */
  forwardedFor(request: IncomingMessage): string | undefined
}

/** Answers `/health` and `/metrics`, nothing else; whoever holds a connection open for nothing loses it. */
export function createHttpServer(services: HttpServices): Server {
  const answer = createRoutes(services)
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      // Longer than the host's pause between two probes, so that its connection is kept.
      keepAliveTimeout: 30_000,
    },
    (request, response) => {
      const isAllowed = services.isAllowedHost(request)
      const found = isAllowed ? answer(request) : refusal(403, 'Unknown host', 'unknown_host')
      if (!(found instanceof Promise)) return send(request, response, found, services)
      found
        .catch((error: Error) => {
          services.logger.error('An HTTP request failed', { error: error.stack ?? error.message })
          return refusal(500, 'The gateway met a fault of its own', 'internal')
        })
        .then((late) => send(request, response, late, services))
    },
  )
  // Node would answer by itself what it expects nobody to serve, and nobody would hear of it.
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    send(request, response, refusal(417, 'Expectation failed', 'expectation'), services)
  })
  server.on('connect', (_, socket) => {
    socket.on('error', () => {})
    refuseSocket(new Error('no proxy'), 'no_proxy', socket)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuseSocket(error, error.code ?? 'unreadable', socket)
  })

  function refuseSocket(error: NodeJS.ErrnoException, reason: string, socket: Duplex): void {
    const from = plainAddress(socket instanceof Socket ? socket.remoteAddress : undefined)
    const status = refuseUnreadable(error, socket)
    if (status === null) return
    services.counts.httpAnswered('other', status)
    services.access.write({ kind: 'http', from, status, reason })
  }
  return server
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, type, body, headers = [], reason }: HttpAnswer,
  { counts, access, forwardedFor }: HttpServices,
): void {
  const { method = '', url = '' } = request
  const path = url.split('?', 1)[0] ?? ''
  if (hasBody(request)) response.shouldKeepAlive = false // nothing here reads a body, so it must not be waited for
  response.writeHead(status, [
    'Content-Type',
    type,
    'Content-Length',
    String(Buffer.byteLength(body)),
    'Cache-Control',
    'no-store',
    'X-Content-Type-Options',
    'nosniff',
    ...headers,
  ])
  response.end(method === 'HEAD' ? undefined : body)
  counts.httpAnswered(path === '/health' || path === '/metrics' ? path : 'other', status)
  const forwarded = forwardedFor(request)
  access.write({
    kind: 'http',
    from: plainAddress(request.socket.remoteAddress),
    ...(forwarded === undefined ? {} : { forwardedFor: forwarded }),
    request: `${method} ${path}`,
    status,
    ...(reason === undefined ? {} : { reason }),
  })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined
}
