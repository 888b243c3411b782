import { type Problem, problem } from '../../../shared/problem.ts'
import type { SessionsResolveParams } from '../../../shared/protocol/session-params.ts'
import type { SessionState } from '../session-state.ts'
import { allSessions } from './all-sessions.ts'
import { findSession } from './find-session.ts'
import { listSessions } from './list-sessions.ts'

export type ResolveOutcome =
  | { readonly ok: true; readonly key: string }
  /** Not one question but none or several. */
  | { readonly ok: false; readonly code: 'QUESTION_UNCLEAR' }
  | ({ readonly ok: false } & Problem)

/** The key of the one session that has this key, id or label. */
export async function resolveSession(
  state: SessionState,
  { key, sessionId, label, ...filter }: SessionsResolveParams,
): Promise<ResolveOutcome> {
  const asked = [key, sessionId, label].map((text) => text?.trim()).filter(Boolean)
  const [wanted] = asked
  if (asked.length !== 1 || wanted === undefined) return { ok: false, code: 'QUESTION_UNCLEAR' }
  const unknown = problem('SESSION_UNKNOWN', { key: wanted })
  if (key?.trim()) {
    const finding = await findSession(state, key)
    return finding.found
      ? { ok: true, key: finding.target.key }
      : { ok: false, ...(finding.problem ?? unknown) }
  }
  const keys = sessionId?.trim()
    ? (await allSessions(state)).sessions
        .filter(({ entry }) => entry.sessionId === wanted)
        .map((one) => one.key)
    : (await listSessions(state, { ...filter, label: wanted, limit: 2 })).sessions.map((one) => one.key)
  const [only, another] = keys
  return only !== undefined && another === undefined ? { ok: true, key: only } : { ok: false, ...unknown }
}
