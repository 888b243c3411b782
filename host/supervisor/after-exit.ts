import { type Problem, problem } from '../../shared/problem.ts'
import { begin, rest } from './entering.ts'
import { exitText } from './exit-text.ts'
import type { SupervisorFigures } from './figures.ts'
import type { Effect, GatewayExit, Moment, SupervisorEvent, SupervisorState, Transition } from './state.ts'

type Exited = Extract<SupervisorEvent, { type: 'exited' }>

/**
 * The child has ended. What follows depends on who wanted that: an owner's stop or restart goes its
 * way, a clean exit nobody here asked for is left alone (someone used a command line), anything else
 * is a crash and is started again, later each time, until it is clear that starting does not help.
 */
export function afterExit(
  state: SupervisorState,
  exited: Exited,
  now: Moment,
  figures: SupervisorFigures,
): Transition {
  const { gateway } = state
  const { exit, refusal, roll } = exited
  const evidence = { ended: exitText(exit), ...('pid' in gateway && gateway.pid ? { pid: gateway.pid } : {}) }
  if (gateway.name === 'stopping' && gateway.next !== 'backOff') {
    const stopped: Effect = { do: 'note', kind: 'gatewayStopped', evidence }
    return gateway.next === 'start'
      ? begin(state, now, figures, stopped)
      : rest(state, { name: 'stopped', why: state.isHeld ? 'held' : 'requested', since: now.wall }, stopped)
  }
  const cause = refusal ?? state.ending ?? problem('GATEWAY_EXITED', { exit: exitText(exit) })
  const noted: Effect = {
    do: 'note',
    kind: 'gatewayExited',
    problem: cause,
    evidence: { ...evidence, lastLines: [...exit.lastLines] },
  }
  if (refusal) {
    return rest(
      state,
      { name: 'failed', problem: refusal, since: now.wall, lastLines: [...exit.lastLines] },
      noted,
      { do: 'note', kind: 'gatewayFailed', problem: refusal },
      { do: 'watchObstacle', runId: `run-${state.runs}`, problem: refusal },
    )
  }
  if (exit.code === 0 && gateway.name !== 'stopping') {
    return rest(state, { name: 'stopped', why: 'exitedByItself', since: now.wall }, noted)
  }
  const wasReady = gateway.name !== 'starting'
  const unreadyExits = [...state.unreadyExits, ...(wasReady ? [] : [now.mono])].filter(
    (at) => now.mono - at <= figures.crashLoopWindowMs,
  )
  const counted = { ...state, unreadyExits, crashes: state.crashes + 1, attempts: state.attempts + 1 }
  if (unreadyExits.length >= figures.crashLoopExits) return crashLoop(counted, exit, now, figures, noted)
  return backOff(counted, cause, roll, now, figures, noted)
}

function crashLoop(
  state: SupervisorState,
  exit: GatewayExit,
  now: Moment,
  figures: SupervisorFigures,
  noted: Effect,
): Transition {
  const found = problem('GATEWAY_CRASH_LOOP', {
    exits: state.unreadyExits.length,
    seconds: figures.crashLoopWindowMs / 1000,
    exit: exitText(exit),
  })
  return rest(
    state,
    { name: 'failed', problem: found, since: now.wall, lastLines: [...exit.lastLines] },
    noted,
    { do: 'note', kind: 'gatewayFailed', problem: found, evidence: { lastLines: [...exit.lastLines] } },
  )
}

function backOff(
  state: SupervisorState,
  cause: Problem,
  roll: number,
  now: Moment,
  figures: SupervisorFigures,
  noted: Effect,
): Transition {
  const delayMs = backOffDelay(state.attempts, roll, figures)
  if (delayMs === 0) return begin(state, now, figures, noted)
  return rest(
    state,
    { name: 'backingOff', attempt: state.attempts, until: now.wall + delayMs, cause },
    noted,
    { do: 'note', kind: 'restartScheduled', problem: cause, evidence: { attempt: state.attempts, delayMs } },
    { do: 'setTimer', timer: 'backOff', runId: `run-${state.runs}`, afterMs: delayMs },
  )
}

/** Delay in ms before restart number `attempt` (from 1), spread by `roll` (0 ≤ roll < 1). */
export function backOffDelay(attempt: number, roll: number, figures: SupervisorFigures): number {
  const steps = figures.backOffMs
  const base = steps[Math.min(attempt, steps.length) - 1] ?? 0
  return Math.round(base * (1 + figures.jitter * (2 * roll - 1)))
}
