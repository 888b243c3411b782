import { randomBytes, randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import { type ErrorCode, type RequestFrame, requestFrameSchema } from '../../shared/protocol/frames.ts'
import { closeCode, handshakeMs, policy } from '../../shared/protocol/limits.ts'
import type { Logger } from '../log/logger.ts'
import { createFrameBudget } from './frame-budget.ts'
import { type EventName, type HelloFacts, helloOk } from './hello.ts'
import { judgeConnect } from './judge-connect.ts'

export interface ConnectionServices extends Omit<HelloFacts, 'connId'> {
  readonly isToken: (presented: string) => boolean
  readonly logger: Logger
}

export interface ClientConnection {
  /** Sent only to a client that has proven itself. */
  sendEvent(event: EventName, payload: object): void
  /** Ends a client that has not answered since the last look, and asks the others. */
  checkAlive(): void
  close(code: number, reason: string): void
  terminate(): void
}

/** A peer that does not answer our close is cut off then. */
const closeMs = 1_000

/** Challenge, `connect`, then requests: nothing is answered before the token was proven. */
export function serveClient(socket: WebSocket, services: ConnectionServices): ClientConnection {
  const { logger } = services
  const connId = randomUUID()
  const nonce = randomBytes(16).toString('base64url')
  const isWithinBudget = createFrameBudget()
  let isConnected = false
  let isAlive = true
  let seq = 0

  const handshakeTimer = setTimeout(() => close(closeCode.policy, 'connect timeout'), handshakeMs)
  socket.on('message', (data, isBinary) => {
    isAlive = true
    if (!isWithinBudget()) return close(closeCode.policy, 'too many messages')
    const frame = isBinary ? null : parseRequest(String(data))
    if (!frame) return close(closeCode.policy, 'invalid request frame')
    if (isConnected) answer(frame)
    else connect(frame)
  })
  socket.on('ping', (data) => {
    if (isWithinBudget()) socket.pong(data)
    else close(closeCode.policy, 'too many pings')
  })
  socket.on('pong', () => {
    isAlive = true
  })
  socket.on('error', (error) => logger.debug('A connection failed', { connId, detail: error.message }))
  socket.on('close', (code) => {
    clearTimeout(handshakeTimer)
    logger.debug('A connection ended', { connId, code })
  })
  send({ type: 'event', event: 'connect.challenge', payload: { nonce, ts: Date.now() } })

  function connect(frame: RequestFrame): void {
    if (frame.method !== 'connect') {
      respondError(frame.id, 'INVALID_REQUEST', 'The first request must be connect')
      return close(closeCode.policy, 'connect required')
    }
    const { isToken } = services
    const verdict = judgeConnect(frame.params, { nonce, now: Date.now(), isToken })
    if (!verdict.ok) {
      logger.warn('A connection was refused', { connId, reason: verdict.reason })
      respondError(frame.id, 'INVALID_REQUEST', verdict.message, { reason: verdict.reason })
      return close(closeCode.policy, verdict.reason)
    }
    clearTimeout(handshakeTimer)
    isConnected = true
    logger.debug('A client connected', { connId, client: verdict.params.client.id })
    send({ type: 'res', id: frame.id, ok: true, payload: helloOk({ ...services, connId }) })
  }

  function answer(frame: RequestFrame): void {
    const method = services.methods.get(frame.method)
    if (method) send({ type: 'res', id: frame.id, ok: true, payload: method() })
    else if (frame.method === 'connect') respondError(frame.id, 'INVALID_REQUEST', 'Already connected')
    else respondError(frame.id, 'INVALID_REQUEST', 'Unknown method')
  }

  function respondError(id: string, code: ErrorCode, message: string, details?: object): void {
    send({ type: 'res', id, ok: false, error: { code, message, ...(details ? { details } : {}) } })
  }

  function send(frame: object): void {
    if (socket.readyState !== socket.OPEN) return
    socket.send(JSON.stringify(frame))
    if (socket.bufferedAmount > policy.maxBufferedBytes) close(closeCode.policy, 'slow consumer')
  }

  function close(code: number, reason: string): void {
    if (socket.readyState !== socket.OPEN) return
    socket.removeAllListeners('message')
    socket.close(code, reason)
    setTimeout(() => socket.terminate(), closeMs).unref()
  }

  return {
    sendEvent(event, payload) {
      if (!isConnected) return
      seq += 1
      send({ type: 'event', event, payload, seq })
    },
    checkAlive() {
      if (!isAlive) return socket.terminate()
      isAlive = false
      socket.ping()
    },
    close,
    terminate: () => socket.terminate(),
  }
}

function parseRequest(text: string): RequestFrame | null {
  try {
    const frame = requestFrameSchema.safeParse(JSON.parse(text))
    return frame.success ? frame.data : null
  } catch {
    return null
  }
}
