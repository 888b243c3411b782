import type { HealthFacts } from './health-facts.ts'
import type { HttpAnswer } from './http-routes.ts'
import type { Vitals } from './vitals.ts'

const jsonType = 'application/json; charset=utf-8'

/** Asked by supervisors every few seconds, by others as often as they like: nearly all of it is made once. */
export function liveAnswer(vitals: Vitals): HttpAnswer {
  const closing = closingAnswer(vitals)
  if (closing) return closing
  const { version } = vitals
  const body = `{"ok":true,"status":"live","version":${JSON.stringify(version)},"uptimeMs":${vitals.uptimeMs()}}\n`
  return { status: 200, type: jsonType, body }
}

/**
 * Whether work can be given to it. Configuration files with a fault do not count: what is in force is
 * valid, and the deep check tells of them.
 */
export function readyAnswer(vitals: Vitals, facts: HealthFacts): HttpAnswer {
  const closing = closingAnswer(vitals)
  if (closing) return closing
  const { version } = vitals
  const uptimeMs = vitals.uptimeMs()
  if (facts.holdsLock()) return jsonAnswer(200, { ok: true, status: 'ready', version, uptimeMs })
  const reason = 'The gateway does not hold the lock of its state'
  return jsonAnswer(503, { ok: false, status: 'unready', reason, version, uptimeMs })
}

function closingAnswer(vitals: Vitals): HttpAnswer | null {
  const reason = vitals.closingBecause()
  const { version } = vitals
  const uptimeMs = vitals.uptimeMs()
  return reason === null ? null : jsonAnswer(503, { ok: false, status: 'closing', reason, version, uptimeMs })
}

export function jsonAnswer(status: number, body: object): HttpAnswer {
  return { status, type: jsonType, body: `${JSON.stringify(body)}\n` }
}
