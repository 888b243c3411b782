import { randomBytes, randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import {
  type ErrorCode,
  type RequestFault,
  type RequestFrame,
  requestFrameSchema,
} from '../../shared/protocol/frames.ts'
import { closeCode, handshakeMs, policy } from '../../shared/protocol/limits.ts'
import type { Logger } from '../log/logger.ts'
import { createFrameBudget } from './frame-budget.ts'
import { type EventName, type HelloFacts, helloOk, stateVersion } from './hello.ts'
import { judgeConnect } from './judge-connect.ts'
import type { MethodOutcome } from './methods.ts'

export interface ConnectionServices extends Omit<HelloFacts, 'connId'> {
  readonly isToken: (presented: string) => boolean
  readonly logger: Logger
}

export interface ClientConnection {
  /** Sent only to a client that has proven itself. */
  sendEvent(event: EventName, payload: object): void
  /** Who is here now, unless this client knows it already. */
  sendPresence(): void
  /** Ends a client that has not answered since the last look, and asks the others. */
  checkAlive(): void
  close(code: number, reason: string): void
  terminate(): void
}

/** A peer that does not answer our close is cut off then. */
const closeMs = 1_000
/** Requests of one client that take their time; a busy interface has two or three. */
const maxUnderWay = 8

/** Challenge, `connect`, then requests: nothing is answered before the token was proven. */
export function serveClient(socket: WebSocket, services: ConnectionServices): ClientConnection {
  const { logger, presence } = services
  const connId = randomUUID()
  const nonce = randomBytes(16).toString('base64url')
  const isWithinBudget = createFrameBudget()
  let underWay = 0
  let knownPresence = 0
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
    presence.leave(connId)
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
    presence.join(connId, verdict.params)
    knownPresence = presence.version()
    send({ type: 'res', id: frame.id, ok: true, payload: helloOk({ ...services, connId }) })
  }

  function answer({ id, method: name, params }: RequestFrame): void {
    const method = services.methods.get(name)
    if (!method) return refuse(id, name)
    if (underWay >= maxUnderWay) {
      const details = { reason: 'too_many_requests' }
      return respondError(id, 'UNAVAILABLE', `${maxUnderWay} requests are under way already`, details)
    }
    const outcome = method(params)
    if (!(outcome instanceof Promise)) return respond(id, outcome)
    underWay += 1
    outcome
      .then((found) => respond(id, found))
      .catch((error: Error) => {
        logger.error('A request failed', { connId, method: name, error: error.stack ?? error.message })
        respondError(id, 'UNAVAILABLE', 'The gateway met a fault of its own', { reason: 'internal' })
      })
      .finally(() => {
        underWay -= 1
      })
  }

  function refuse(id: string, method: string): void {
    const isAgain = method === 'connect'
    const reason: RequestFault = isAgain ? 'already_connected' : 'unknown_method'
    respondError(id, 'INVALID_REQUEST', isAgain ? 'Already connected' : 'Unknown method', { reason })
  }

  function respond(id: string, outcome: MethodOutcome): void {
    if (outcome.ok) send({ type: 'res', id, ok: true, payload: outcome.payload })
    else respondError(id, outcome.code, outcome.message, outcome.details)
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
    logger.debug('A connection is closed', { connId, code, reason })
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
    sendPresence() {
      const version = presence.version()
      if (!isConnected || knownPresence >= version) return
      knownPresence = version
      seq += 1
      const payload = { presence: presence.list() }
      send({ type: 'event', event: 'presence', payload, seq, stateVersion: stateVersion(presence) })
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
