import type { GatewayState } from '../../shared/gateway-state.ts'
import type { GatewayView } from '../../shared/host-api.ts'
import { type Problem, problem } from '../../shared/problem.ts'

/** What is worth a person's attention while no window is looked at. */
export type Notice =
  /** It ended unasked and is not back yet. `cause` is null where the host has not said one. */
  | { readonly kind: 'down'; readonly cause: Problem | null; readonly endedByItself: boolean }
  | { readonly kind: 'back'; readonly downMs: number }
  /** It crashed and came back before that was worth a word, `crashes` times since the last such notice. */
  | { readonly kind: 'healed'; readonly crashes: number }
  /** The host has given up: a crash loop, a bad configuration, a taken port. */
  | { readonly kind: 'failed'; readonly problem: Problem }

/** All times in ms on the monotonic clock. */
export interface NoticeMemory {
  readonly last: GatewayView | null
  /** Since when it is away unasked; `isTold` once a notice has said so. */
  readonly outage: { readonly since: number; readonly isTold: boolean } | null
  /** Outages told since it last ran for `calmMs`: each lets the next one be longer before it is told. */
  readonly outagesTold: number
  readonly runningSince: number | null
  readonly healed: { readonly crashes: number; readonly toldAt: number | null }
  readonly failure: { readonly code: string; readonly toldAt: number } | null
}

export interface NoticeStep {
  readonly memory: NoticeMemory
  readonly notice: Notice | null
  /** Ask again (`stillAway`) after so many ms; `stop` forgets the wait, null leaves it as it is. */
  readonly wait: number | 'stop' | null
}

export const startMemory: NoticeMemory = {
  last: null,
  outage: null,
  outagesTold: 0,
  runningSince: null,
  healed: { crashes: 0, toldAt: null },
  failure: null,
}

/** The first outage is told after 2 s; a gateway that keeps coming and going is told of ever more rarely. */
export const patienceMs = [2_000, 30_000, 120_000, 600_000] as const
export const calmMs = 600_000
const sameFailureMs = 60_000

/**
 * Decides by whole states, as every surface sees them. Degraded is no notice: the tray shows it, and where
 * it is serious the gateway is restarted within 15 s, which is one.
 */
export function onChanged(memory: NoticeMemory, view: GatewayView, now: number): NoticeStep {
  const before = memory.last
  const at: NoticeMemory = {
    ...calmed(memory, now),
    last: view,
    runningSince: runningSince(memory, view, now),
  }
  const { state } = view
  // The count tells of a crash also where the restart was so quick that no state in between was seen.
  const crashes = before ? Math.max(0, view.crashes - before.crashes) : 0
  const counted = { ...at, healed: { ...at.healed, crashes: at.healed.crashes + crashes } }
  switch (state.name) {
    case 'failed':
      return before?.state.name === 'failed' ? nothing(at) : onFailed(counted, state.problem, now)
    case 'stopping':
      // An end on the owner's word, which also ends an outage; one that we force follows as a crash.
      return state.next === 'backOff' ? nothing(at) : forgetOutage(at)
    case 'stopped':
      if (state.why !== 'exitedByItself') return forgetOutage(at)
      return before && before.state.name !== 'stopped' ? away(at, now) : nothing(at)
    case 'starting':
    case 'backingOff':
      return crashes > 0 ? away(counted, now) : nothing(at)
    case 'running':
    case 'degraded':
    case 'adopted':
      return onUp(counted, now)
    case 'serviceManaged':
      return onService(counted, state, before, now)
    case 'foreign':
      return before?.state.name === 'foreign' ? nothing(at) : onFailed(counted, state.problem, now)
  }
}

/** Its manager starts it again by itself; what it has given up on, it says. */
function onService(
  memory: NoticeMemory,
  state: Extract<GatewayState, { name: 'serviceManaged' }>,
  before: GatewayView | null,
  now: number,
): NoticeStep {
  switch (state.phase) {
    case 'running':
      return onUp(memory, now)
    case 'stopping':
    case 'stopped':
      return forgetOutage(memory)
    case 'starting':
      return nothing(memory)
    case 'failed': {
      const wasFailed = before?.state.name === 'serviceManaged' && before.state.phase === 'failed'
      const { manager, unit } = state
      const found = state.unwell ?? problem('GATEWAY_SERVICE_FAILED', { manager, unit })
      return wasFailed ? nothing(memory) : onFailed(memory, found, now)
    }
  }
}

/** The wait is over, and the gateway has not come back meanwhile. */
export function onStillAway(memory: NoticeMemory): NoticeStep {
  const { outage, last } = memory
  if (!outage || outage.isTold || !last) return nothing(memory)
  const { state } = last
  const told: NoticeMemory = {
    ...memory,
    outage: { ...outage, isTold: true },
    outagesTold: memory.outagesTold + 1,
    healed: noCrashes(memory), // this notice stands for them
  }
  const cause = state.name === 'backingOff' ? state.cause : null
  return {
    memory: told,
    notice: { kind: 'down', cause, endedByItself: state.name === 'stopped' },
    wait: null,
  }
}

function away(memory: NoticeMemory, now: number): NoticeStep {
  if (memory.outage) return nothing(memory)
  const patience = patienceMs[Math.min(memory.outagesTold, patienceMs.length - 1)] ?? calmMs
  return { memory: { ...memory, outage: { since: now, isTold: false } }, notice: null, wait: patience }
}

function onFailed(memory: NoticeMemory, found: Problem, now: number): NoticeStep {
  const { failure } = memory
  const since = memory.outage?.since ?? now
  // Tried again and failed again: who asked for that sees it where they asked.
  if (failure && failure.code === found.code && now - failure.toldAt < sameFailureMs) {
    return { memory: { ...memory, outage: { since, isTold: true } }, notice: null, wait: 'stop' }
  }
  return {
    memory: {
      ...memory,
      outage: { since, isTold: true },
      failure: { code: found.code, toldAt: now },
      healed: noCrashes(memory),
    },
    notice: { kind: 'failed', problem: found },
    wait: 'stop',
  }
}

function onUp(memory: NoticeMemory, now: number): NoticeStep {
  const up: NoticeMemory = { ...memory, outage: null }
  if (memory.outage?.isTold) {
    const healed = noCrashes(memory)
    return {
      memory: { ...up, healed },
      notice: { kind: 'back', downMs: now - memory.outage.since },
      wait: 'stop',
    }
  }
  const { crashes, toldAt } = memory.healed
  const isQuiet = toldAt !== null && now - toldAt < calmMs
  if (crashes === 0 || isQuiet) return { memory: up, notice: null, wait: 'stop' }
  return {
    memory: { ...up, healed: { crashes: 0, toldAt: now } },
    notice: { kind: 'healed', crashes },
    wait: 'stop',
  }
}

/** A stop on request: nothing is missing, and the crashes before it are no longer of interest. */
function forgetOutage(memory: NoticeMemory): NoticeStep {
  return { memory: { ...memory, outage: null, healed: noCrashes(memory) }, notice: null, wait: 'stop' }
}

function noCrashes({ healed }: NoticeMemory): NoticeMemory['healed'] {
  return { ...healed, crashes: 0 }
}

function runningSince(memory: NoticeMemory, view: GatewayView, now: number): number | null {
  if (view.state.name !== 'running') return null
  return memory.last?.state.name === 'running' && memory.last.crashes === view.crashes
    ? (memory.runningSince ?? now)
    : now
}

function calmed(memory: NoticeMemory, now: number): NoticeMemory {
  const isCalm = memory.runningSince !== null && now - memory.runningSince >= calmMs
  return isCalm ? { ...memory, outagesTold: 0, failure: null } : memory
}

function nothing(memory: NoticeMemory): NoticeStep {
  return { memory, notice: null, wait: null }
}
