import type { GatewayState } from '../../shared/gateway-state.ts'
import type { Problem } from '../../shared/problem.ts'
import type { SupervisorFigures } from './figures.ts'
import type { Effect, Moment, SupervisorState, Transition } from './state.ts'

type Resting = Extract<GatewayState, { name: 'stopped' | 'failed' | 'backingOff' }>
type Others = Extract<GatewayState, { name: 'adopted' | 'serviceManaged' | 'foreign' }>

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
      // One that has just crashed was our own child: the way back to it is not lengthened by the question.
      { do: 'checkConfig', runId, asksService: state.attempts === 0 },
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
    state: {
      ...state,
      gateway: { name: 'stopping', runId, pid, next, since: now.wall },
      ending: why,
      isAsked: false,
      isAfterOther: false,
    },
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
  const isQuiet = gateway.name === 'stopped' && !state.isHeld
  return {
    state: { ...state, gateway, ending: null, isAsked: false, isAfterOther: false },
    effects: [
      { do: 'clearTimers' },
      ...also,
      ...(isQuiet ? [{ do: 'lookAround', runId: `run-${state.runs}` } as const] : []),
    ],
  }
}

/** Watches a gateway that is not our child, and does nothing else about it. */
export function watch(state: SupervisorState, gateway: Others, ...also: readonly Effect[]): Transition {
  return {
    state: { ...state, gateway, ending: null, isAsked: false, isAfterOther: false },
    effects: [{ do: 'clearTimers' }, ...also],
  }
}
