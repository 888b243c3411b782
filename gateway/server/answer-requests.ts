import type { ErrorCode, RequestFrame } from '../../shared/protocol/frames.ts'
import { allows } from '../../shared/protocol/scopes.ts'
import type { Logger } from '../log/logger.ts'
import { clientLimits } from './client-limits.ts'
import type { Counts } from './counts.ts'
import type { MethodCaller, MethodOutcome, Methods, Refusal } from './method.ts'
import type { RequestLog } from './request-log.ts'

export interface AnswerParts {
  readonly caller: MethodCaller
  readonly methods: Methods
  readonly counts: Counts
  readonly requestLog: RequestLog
  readonly logger: Pick<Logger, 'error'>
  send(frame: object): void
}

/** Answers the requests of one proven client, each once, within what the client was granted. */
export function answerRequests(parts: AnswerParts): (frame: RequestFrame) => void {
  const { caller, methods, counts, requestLog, logger, send } = parts
  const underWay = new Set<string>()

  function respond({ id, method: asked }: RequestFrame, outcome: MethodOutcome, beganAt: number): void {
    // What does not exist is counted as one: names that clients invent would be counted for ever.
    const method = methods.has(asked) ? asked : 'unknown'
    const durationMs = performance.now() - beganAt
    counts.requestAnswered(method, outcome.ok, durationMs / 1_000)
    requestLog.answered(caller.connId, method, outcome.ok ? null : outcome.details.reason, durationMs)
    send(outcome.ok ? { type: 'res', id, ok: true, payload: outcome.payload } : errorFrame(id, outcome))
  }

  function refusalOf({ id, method: name }: RequestFrame): Refusal | null {
    const method = methods.get(name)
    if (name === 'connect') return refusal('INVALID_REQUEST', 'already_connected', 'Already connected')
    if (!method) return refusal('INVALID_REQUEST', 'unknown_method', `unknown method: ${name}`)
    if (!allows(caller.scopes, method.scope)) {
      const message = `This connection was not granted ${method.scope}, which ${name} needs: ask for it in connect`
      return refusal('INVALID_REQUEST', 'missing_scope', message)
    }
    if (underWay.has(id)) {
      return refusal('INVALID_REQUEST', 'duplicate_id', 'A request with this id is under way already')
    }
    if (underWay.size < clientLimits.underWay) return null
    const message = `${clientLimits.underWay} requests are under way already`
    return { ...refusal('UNAVAILABLE', 'too_many_requests', message), retryable: true }
  }

  function failed({ method }: RequestFrame, error: unknown): Refusal {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    logger.error('A request failed', { connId: caller.connId, method, error: text })
    return refusal('UNAVAILABLE', 'internal', 'The gateway met a fault of its own; its log says which')
  }

  return (frame) => {
    const beganAt = performance.now()
    counts.requestBegun()
    const refused = refusalOf(frame)
    if (refused) return respond(frame, refused, beganAt)
    requestLog.began(caller.connId, frame.method)
    let outcome: MethodOutcome | Promise<MethodOutcome> | undefined
    try {
      outcome = methods.get(frame.method)?.answer(frame.params, caller)
    } catch (error) {
      outcome = failed(frame, error)
    }
    if (!(outcome instanceof Promise)) {
      if (outcome) respond(frame, outcome, beganAt)
      return
    }
    underWay.add(frame.id)
    outcome
      .catch((error: unknown) => failed(frame, error))
      .then((found) => {
        underWay.delete(frame.id)
        respond(frame, found, beganAt)
      })
  }
}

function refusal(code: ErrorCode, reason: Refusal['details']['reason'], message: string): Refusal {
  return { ok: false, code, message, details: { reason } }
}

function errorFrame(id: string, { ok: _, ...error }: Refusal): object {
  return { type: 'res', id, ok: false, error }
}
