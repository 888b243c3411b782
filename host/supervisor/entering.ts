import type { GatewayState } from '../../shared/gateway-state.ts'
import type { Problem } from '../../shared/problem.ts'
import type { SupervisorFigures } from './figures.ts'
import type { Effect, Moment, SupervisorState, Transition } from './state.ts'

type Resting = Extract<GatewayState, { name: 'stopped' | 'failed' | 'backingOff' }>

/** Starts a new run. */
export function begin(
  state: SupervisorState,
  now: Moment,
  figures: SupervisorFigures,
  ...also: readonly Effect[]
): Transition {
  const runs = state.runs + 1
  const runId = `run-${runs}`
  return {
    state: {
      ...state,
      runs,
      gateway: {
        name: 'starting',
        runId,
        stage: 'checkingConfig',
        pace: 'normal',
        pid: null,
        since: now.wall,
      },
      startedAt: now.mono,
      lastReplyAt: now.mono,
      misses: 0,
      ending: null,
    },
    effects: [
      { do: 'clearTimers' },
      ...also,
      { do: 'setTimer', timer: 'slowStart', runId, afterMs: figures.slowStartMs },
      { do: 'setTimer', timer: 'stuckStart', runId, afterMs: figures.stuckStartMs },
      { do: 'checkConfig', runId },
    ],
  }
}

/** Ends the child politely; the kill timer follows it. Entered at once, so that no surface guesses ahead. */
export function end(
  state: SupervisorState,
  pid: number,
  next: 'stay' | 'start' | 'backOff',
  why: Problem | null,
  now: Moment,
  figures: SupervisorFigures,
  ...also: readonly Effect[]
): Transition {
  const runId = `run-${state.runs}`
  return {
    state: { ...state, gateway: { name: 'stopping', runId, pid, next, since: now.wall }, ending: why },
    effects: [
      { do: 'clearTimers' },
      ...also,
      { do: 'terminate', runId },
      { do: 'setTimer', timer: 'kill', runId, afterMs: figures.killAfterMs },
    ],
  }
}

/** Comes to rest without a child. */
export function rest(state: SupervisorState, gateway: Resting, ...also: readonly Effect[]): Transition {
  return { state: { ...state, gateway, ending: null }, effects: [{ do: 'clearTimers' }, ...also] }
}
