import type { Vitals } from './vitals.ts'

export type Method = () => Record<string, unknown>

/** Every method of the protocol that this gateway has; `hello-ok` lists exactly these. */
export function createMethods(vitals: Vitals): ReadonlyMap<string, Method> {
  return new Map<string, Method>([['health', () => health(vitals)]])
}

/** In the form of Moltbot's own answer, with only what is true of this gateway. */
function health(vitals: Vitals): Record<string, unknown> {
  const startedAt = performance.now()
  const facts = {
    ok: vitals.closingBecause() === null,
    ts: Date.now(),
    channels: {},
    channelOrder: [],
    channelLabels: {},
    version: vitals.version,
    uptimeMs: vitals.uptimeMs(),
  }
  return { ...facts, durationMs: Math.round(performance.now() - startedAt) }
}
