import type { Problem } from '../../../shared/problem.ts'
import type { RequestFault } from '../../../shared/protocol/frames.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import type { Refusal } from '../method.ts'

const reasons: Readonly<Partial<Record<Problem['code'], RequestFault>>> = {
  SESSION_UNKNOWN: 'session_unknown',
  SESSION_IS_MAIN: 'session_refused',
  SESSION_VALUE_INVALID: 'invalid_params',
  SESSIONS_LOCKED: 'state_locked',
  SESSIONS_NOT_WRITTEN: 'state_unwritable',
}

/** A problem in the words of the protocol: what the client can mend is its own fault, all else is ours. */
export function refuse(found: Problem): Refusal {
  const { what, why, remedy } = describeProblem('en', found)
  const reason = reasons[found.code] ?? 'state_unreadable'
  const isClients =
    reason === 'session_unknown' || reason === 'session_refused' || reason === 'invalid_params'
  return {
    ok: false,
    code: isClients ? 'INVALID_REQUEST' : 'UNAVAILABLE',
    message: [what, why, remedy].join(' '),
    details: { reason, ...(found.code === 'SESSION_VALUE_INVALID' ? { path: found.params.field } : {}) },
    ...(reason === 'state_locked' ? { retryable: true, retryAfterMs: 1_000 } : {}),
  }
}
