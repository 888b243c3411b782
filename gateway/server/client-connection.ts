import { randomBytes, randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { ConnectParams } from '../../shared/protocol/connect.ts'
import type { RequestFrame } from '../../shared/protocol/frames.ts'
import { closeCode, handshakeMs, policy } from '../../shared/protocol/limits.ts'
import type { Scope } from '../../shared/protocol/scopes.ts'
import type { AccessLog } from '../access/access-log.ts'
import type { Logger } from '../log/logger.ts'
import { answerRequests } from './answer-requests.ts'
import { clientLimits } from './client-limits.ts'
import { type EndReason, endWords } from './connection-end.ts'
import type { Counts } from './counts.ts'
import { mayHear } from './event-scopes.ts'
import { createFrameBudget } from './frame-budget.ts'
import type { Gate } from './gate.ts'
import { grantedScopes } from './granted-scopes.ts'
import { type HelloFacts, helloOk } from './hello.ts'
import { type ConnectVerdict, judgeConnect } from './judge-connect.ts'
import { createMessageWatch } from './message-watch.ts'
import type { Peer } from './peer.ts'
import { readFrame } from './read-frame.ts'
import type { RequestLog } from './request-log.ts'

export interface ConnectionServices extends HelloFacts {
  readonly gate: Gate
  readonly counts: Counts
  readonly access: Pick<AccessLog, 'write'>
  readonly logger: Logger
  readonly requestLog: RequestLog
}

export interface ConnectionParts {
  readonly peer: Peer
  /** The bytes below the WebSocket, to be looked at as they come. */
  readonly wire: { prependListener(event: 'data', listener: (chunk: Buffer) => void): unknown }
  /** Takes a place among the proven; false where there is none. */
  prove(connection: ClientConnection): boolean
  readonly services: ConnectionServices
}

/** `payload` and `stateVersion` are JSON already: what goes to many is written once. */
export interface EventToSend {
  readonly event: string
  readonly payload: string
  readonly stateVersion?: string
}

export interface ClientConnection {
  /** Sent only to a client that has proven itself and may hear it. */
  sendEvent(event: EventToSend): void
  /** The version of the presence that this client has heard; null before it is proven. */
  knownPresence(): number | null
  sendPresence(event: EventToSend, version: number): void
  /** Ends a client that has not answered since the last look, and asks the others. */
  checkAlive(): void
  /** Refuses it, with a reason of ours. */
  end(reason: EndReason): void
  close(code: number, reason: string): void
  terminate(): void
}

/** A peer that does not answer our close is cut off then. */
const closeMs = 1_000
/** Whoever guesses from another machine waits for each further answer. */
const guessMs = 1_000

/** Challenge, `connect`, then requests: nothing is answered before the secret was proven. */
export function serveClient(socket: WebSocket, parts: ConnectionParts): ClientConnection {
  const { peer, wire, services } = parts
  const { logger, presence, counts, access } = services
  const connId = randomUUID()
  const nonce = randomBytes(16).toString('base64url')
  const isWithinBudget = createFrameBudget()
  const watch = createMessageWatch()
  const beganAt = performance.now()
  let granted: ReadonlySet<Scope> | null = null
  let client: ConnectParams['client'] | undefined
  let answer: ((frame: RequestFrame) => void) | null = null
  let isJudged = false
  let isAlive = true
  let endedBy: string | null = null
  let knownPresence = 0
  let seq = 0
  let messageTimer: NodeJS.Timeout | null = null

  const handshakeTimer = setTimeout(() => end('connect_timeout'), handshakeMs)
  wire.prependListener('data', (chunk: Buffer) => {
    watch.feed(chunk)
    if (!granted && watch.messageBytes() > clientLimits.unprovenPayload) return end('message_too_long')
    if (!watch.isUnfinished()) {
      if (messageTimer) clearTimeout(messageTimer)
      messageTimer = null
    } else messageTimer ??= setTimeout(() => end('message_unfinished'), clientLimits.messageMs)
  })
  socket.on('message', (data, isBinary) => {
    isAlive = true
    const text = isBinary ? null : String(data)
    counts.frameReceived(text === null ? 0 : text.length)
    if (!isWithinBudget()) return end('too_many_messages')
    const read = text === null ? null : readFrame(text)
    if (!read?.ok) return end(read?.reason === 'message too deep' ? 'message_too_deep' : 'invalid_frame')
    if (answer) answer(read.frame)
    else if (!isJudged) connect(read.frame)
  })
  socket.on('ping', (data) => {
    if (isWithinBudget()) socket.pong(data)
    else end('too_many_pings')
  })
  socket.on('pong', () => {
    isAlive = true
    if (!isWithinBudget()) end('too_many_pings')
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    endedBy ??= error.code?.toLowerCase() ?? 'error'
    logger.debug('A connection failed', { connId, detail: error.message })
  })
  socket.on('close', (code) => {
    clearTimeout(handshakeTimer)
    if (messageTimer) clearTimeout(messageTimer)
    const reason = endedBy ?? `code_${code}`
    logger.debug('A connection ended', { connId, code, reason })
    if (!granted) {
      counts.refused(endedBy ?? 'left_early')
      access.write({ kind: 'refused', ...facts(), reason: endedBy ?? 'left_early' })
      return
    }
    presence.leave(connId)
    counts.clientLeft()
    access.write({
      kind: 'disconnect',
      ...facts(),
      reason,
      durationMs: Math.round(performance.now() - beganAt),
    })
  })
  send({ type: 'event', event: 'connect.challenge', payload: { nonce, ts: Date.now() } })

  function facts() {
    const { from, forwardedFor } = peer
    return {
      from,
      connId,
      ...(forwardedFor === undefined ? {} : { forwardedFor }),
      ...(client ? { client: { id: client.id, mode: client.mode, version: client.version } } : {}),
    }
  }

  function connect(frame: RequestFrame): void {
    if (frame.method !== 'connect') {
      respondError(frame.id, 'The first request must be connect')
      return end('connect_required')
    }
    isJudged = true
    const verdict = judgeConnect(frame.params, {
      nonce,
      now: Date.now(),
      judgeSecret: (auth) => services.gate.judge(auth, peer.from),
    })
    if (!verdict.ok) return refuse(frame.id, verdict)
    client = verdict.params.client
    if (!parts.prove(connection)) {
      const message = `${clientLimits.proven} clients are connected already; close some, or try again later`
      return refuse(frame.id, { ok: false, reason: 'too_many_clients', message, client })
    }
    clearTimeout(handshakeTimer)
    granted = grantedScopes(verdict.params.scopes)
    const caller = { connId, clientId: client.id, scopes: granted }
    answer = answerRequests({ ...services, caller, send })
    counts.clientConnected()
    logger.debug('A client connected', { connId, client: client.id })
    access.write({ kind: 'connect', ...facts() })
    presence.join(connId, verdict.params)
    knownPresence = presence.version()
    send({ type: 'res', id: frame.id, ok: true, payload: helloOk(services, { connId, granted }) })
  }

  function refuse(id: string, verdict: Extract<ConnectVerdict, { ok: false }>): void {
    const { reason, message, waitMs } = verdict
    client = verdict.client
    endedBy = reason
    // A flood of guesses is in the access log, by its count.
    logger[waitMs === undefined ? 'warn' : 'debug']('A connection was refused', {
      connId,
      from: peer.from,
      reason,
    })
    const tell = () => {
      respondError(id, message, { reason }, waitMs)
      close(closeCode.policy, reason)
    }
    if (waitMs === undefined || peer.isLoopback) tell()
    else setTimeout(tell, guessMs).unref()
  }

  function respondError(id: string, message: string, details?: object, retryAfterMs?: number): void {
    const retry = retryAfterMs === undefined ? {} : { retryable: true, retryAfterMs }
    send({
      type: 'res',
      id,
      ok: false,
      error: { code: 'INVALID_REQUEST', message, ...(details ? { details } : {}), ...retry },
    })
  }

  function send(frame: object): void {
    sendText(JSON.stringify(frame))
  }

  function sendText(text: string): void {
    if (socket.readyState !== socket.OPEN) return
    counts.frameSent(text.length)
    socket.send(text)
    if (socket.bufferedAmount > policy.maxBufferedBytes) end('slow_consumer')
  }

  function sendEvent({ event, payload, stateVersion }: EventToSend): void {
    if (!granted || !mayHear(granted, event)) return
    seq += 1
    const version = stateVersion === undefined ? '' : `,"stateVersion":${stateVersion}`
    sendText(`{"type":"event","event":${JSON.stringify(event)},"payload":${payload},"seq":${seq}${version}}`)
  }

  function end(reason: EndReason): void {
    if (socket.readyState !== socket.OPEN) return
    if (granted) counts.refused(reason) // what is not yet proven is counted as it closes
    close(closeCode.policy, endWords[reason], reason)
  }

  function close(code: number, words: string, reason = words): void {
    if (socket.readyState !== socket.OPEN) return
    endedBy ??= reason
    logger.debug('A connection is closed', { connId, code, reason: words })
    socket.removeAllListeners('message')
    socket.close(code, words)
    setTimeout(() => socket.terminate(), closeMs).unref()
  }

  const connection: ClientConnection = {
    sendEvent,
    knownPresence: () => (granted ? knownPresence : null),
    sendPresence(event, version) {
      knownPresence = version
      sendEvent(event)
    },
    checkAlive() {
      if (!isAlive) {
        endedBy ??= 'no_answer'
        return socket.terminate()
      }
      isAlive = false
      socket.ping()
    },
    end,
    close: (code, reason) => close(code, reason, 'shutdown'),
    terminate: () => socket.terminate(),
  }
  return connection
}
