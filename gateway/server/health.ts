import type { StateHealth } from '../health/state-health.ts'
import type { Vitals } from './vitals.ts'

/** In the form of Moltbot's own answer, with only what is true of this gateway. */
export function health(vitals: Vitals, found: StateHealth): object {
  const startedAt = performance.now()
  const facts = {
    ok: vitals.closingBecause() === null,
    ts: Date.now(),
    ...found,
    version: vitals.version,
    uptimeMs: vitals.uptimeMs(),
  }
  return { ...facts, durationMs: Math.round(performance.now() - startedAt) }
}
