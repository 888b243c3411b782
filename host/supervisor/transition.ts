import { childPidOf, isOthers } from '../../shared/gateway-state.ts'
import { problem } from '../../shared/problem.ts'
import { afterExit } from './after-exit.ts'
import { begin, end, rest } from './entering.ts'
import type { SupervisorFigures } from './figures.ts'
import { judgeSilence } from './judge-silence.ts'
import {
  askService,
  isAtRest,
  onFoundOther,
  onOtherEnded,
  onOtherSeen,
  onServiceGone,
  onServiceRefused,
  onServiceSeen,
} from './others.ts'
import {
  currentRun,
  type Moment,
  type SupervisorEvent,
  type SupervisorState,
  type Transition,
} from './state.ts'

/**
 * The supervisor's every decision: what state follows an event, and what has to be done. Pure; the
 * diagram stands above `gatewayStateSchema` in shared/gateway-state-schema.ts.
 */
export function transition(
  state: SupervisorState,
  event: SupervisorEvent,
  now: Moment,
  figures: SupervisorFigures,
): Transition {
  if ('runId' in event && event.runId !== currentRun(state)) return same(state)
  const { gateway } = state
  switch (event.type) {
    case 'startRequested':
      return onStartRequested({ ...state, isAsked: true }, now, figures)
    case 'opened':
      if (event.start) return onStartRequested(state, now, figures)
      return { state, effects: [{ do: 'lookAround', runId: currentRun(state) }] }
    case 'restartRequested':
      return onRestartRequested({ ...state, isAsked: true }, now, figures)
    case 'stopRequested':
      return onStopRequested(state, event.by, now, figures)
    case 'held':
      return onHeld(state, now, figures)
    case 'released':
      if (event.isLeaving) return onReleasedLeaving({ ...state, isHeld: false }, event.start, now, figures)
      return onReleased({ ...state, isHeld: false }, event.start, now, figures)
    case 'configAccepted':
      if (gateway.name !== 'starting' || gateway.stage !== 'checkingConfig') return same(state)
      return {
        state: { ...state, gateway: { ...gateway, stage: 'checkingPort' } },
        effects: [{ do: 'checkPort', runId: event.runId, afterOther: state.isAfterOther }],
      }
    case 'portFree':
      if (gateway.name !== 'starting' || gateway.stage !== 'checkingPort') return same(state)
      return {
        state: { ...state, gateway: { ...gateway, stage: 'launching' } },
        effects: [{ do: 'spawn', runId: event.runId }],
      }
    case 'blocked':
      if (gateway.name !== 'starting' || gateway.pid !== null) return same(state)
      return rest(
        state,
        { name: 'failed', problem: event.problem, since: now.wall, lastLines: [] },
        { do: 'note', kind: 'gatewayFailed', problem: event.problem },
        { do: 'watchObstacle', runId: event.runId, problem: event.problem },
      )
    case 'foundOther':
      return onFoundOther(state, event.other, now)
    case 'otherSeen':
      return onOtherSeen(state, event.unwell)
    case 'otherEnded':
      return onOtherEnded(state, event.start, now, figures)
    case 'serviceSeen':
      return onServiceSeen(state, event.service, now)
    case 'serviceRefused':
      return onServiceRefused(state, event.problem)
    case 'serviceGone':
      return onServiceGone(state, event.start, now, figures)
    case 'spawned':
      if (gateway.name !== 'starting' || gateway.stage !== 'launching') return same(state)
      return {
        state: {
          ...state,
          gateway: { ...gateway, stage: 'waitingForHealth', pid: event.pid },
          startedAt: now.mono,
          isAsked: false,
          isAfterOther: false,
        },
        effects: [
          { do: 'note', kind: 'gatewayLaunched', evidence: { pid: event.pid, runId: event.runId } },
          { do: 'probe', runId: event.runId, until: 'ready' },
        ],
      }
    case 'replied':
      return onReplied(state, event.runId, event.unwell, now, figures)
    case 'missed':
      return judgeSilence({ ...state, misses: state.misses + 1 }, now, figures)
    case 'exited':
      return afterExit(state, event, now, figures)
    case 'timerFired':
      return onTimer(state, event.timer, now, figures)
    case 'obstacleGone':
      if (gateway.name !== 'failed') return same(state)
      return begin(state, now, figures, { do: 'note', kind: 'obstacleGone', problem: gateway.problem })
    case 'wokeUp':
      return {
        state: { ...state, graceUntil: now.mono + figures.wakeGraceMs, lastReplyAt: now.mono, misses: 0 },
        effects: [{ do: 'note', kind: 'wokeUp', evidence: { sleptMs: event.sleptMs } }],
      }
  }
}

function same(state: SupervisorState): Transition {
  return { state, effects: [] }
}

/** A request forgives what came before: back-off and crash-loop counts start again. */
function forgiven(state: SupervisorState): SupervisorState {
  return { ...state, attempts: 0, unreadyExits: [] }
}

function onStartRequested(state: SupervisorState, now: Moment, figures: SupervisorFigures): Transition {
  const { gateway } = state
  const intent = { do: 'storeIntent', intent: 'running' } as const
  const note = { do: 'note', kind: 'startRequested' } as const
  // Who releases it asks what the owner wants by then.
  if (state.isHeld) return { state, effects: [intent, note] }
  switch (gateway.name) {
    case 'stopped':
    case 'failed':
    case 'backingOff':
      return begin(forgiven(state), now, figures, intent, note)
    case 'stopping':
      return {
        state: { ...forgiven(state), gateway: { ...gateway, next: 'start' } },
        effects: [intent, note],
      }
    case 'serviceManaged':
      return askService(state, gateway, 'start', now, intent, note)
    case 'starting':
    case 'running':
    case 'degraded':
    // Theirs runs; ours follows when it is gone.
    case 'adopted':
    case 'foreign':
      return { state, effects: [intent] }
  }
}

function onRestartRequested(state: SupervisorState, now: Moment, figures: SupervisorFigures): Transition {
  const { gateway } = state
  const intent = { do: 'storeIntent', intent: 'running' } as const
  const note = { do: 'note', kind: 'restartRequested' } as const
  if (state.isHeld) return { state, effects: [intent, note] }
  if (gateway.name === 'serviceManaged') return askService(state, gateway, 'restart', now, intent, note)
  if (isOthers(gateway)) return same(state)
  const pid = childPidOf(gateway)
  if (gateway.name === 'stopping') {
    return { state: { ...forgiven(state), gateway: { ...gateway, next: 'start' } }, effects: [intent, note] }
  }
  if (pid === null) {
    if (gateway.name === 'starting') return { state, effects: [intent] }
    return begin(forgiven(state), now, figures, intent, note)
  }
  return end(forgiven(state), pid, 'start', null, now, figures, intent, note)
}

function onStopRequested(
  state: SupervisorState,
  by: 'owner' | 'quit',
  now: Moment,
  figures: SupervisorFigures,
): Transition {
  const { gateway } = state
  // Quitting ends the child, but the owner still wants it running at the next start of the host.
  const asked =
    by === 'owner'
      ? ([
          { do: 'storeIntent', intent: 'stopped' },
          { do: 'note', kind: 'stopRequested' },
        ] as const)
      : []
  if (gateway.name === 'stopping') {
    return { state: { ...state, gateway: { ...gateway, next: 'stay' } }, effects: asked }
  }
  // We leave, and theirs goes on; only our look at it ends. A service may yet be held, and is to be given back.
  if (gateway.name === 'serviceManaged' && by === 'quit') return same(state)
  if (isOthers(gateway) && by === 'quit') return { state, effects: [{ do: 'clearTimers' }] }
  if (gateway.name === 'serviceManaged') return askService(state, gateway, 'stop', now, ...asked)
  if (isOthers(gateway)) return same(state)
  const pid = childPidOf(gateway)
  if (pid !== null) return end(forgiven(state), pid, 'stay', null, now, figures, ...asked)
  if (gateway.name === 'stopped') {
    return { state, effects: by === 'quit' ? [{ do: 'clearTimers' }] : asked.slice(0, 1) }
  }
  return rest(forgiven(state), { name: 'stopped', why: 'requested', since: now.wall }, ...asked)
}

/** Ends the child, and nothing starts one before the release; what the owner wants stays as it is. */
function onHeld(before: SupervisorState, now: Moment, figures: SupervisorFigures): Transition {
  const state = { ...before, isHeld: true }
  const { gateway } = state
  const note = { do: 'note', kind: 'gatewayHeld' } as const
  if (gateway.name === 'stopping') {
    return { state: { ...state, gateway: { ...gateway, next: 'stay' } }, effects: [note] }
  }
  if (gateway.name === 'serviceManaged') return askService(state, gateway, 'stop', now, note)
  // Nothing of ours runs, and theirs is not ours to end.
  if (isOthers(gateway)) return same(state)
  const pid = childPidOf(gateway)
  if (pid !== null) return end(forgiven(state), pid, 'stay', null, now, figures, note)
  if (gateway.name === 'stopped') return same(state)
  return rest(forgiven(state), { name: 'stopped', why: 'held', since: now.wall }, note)
}

function onReleased(
  state: SupervisorState,
  start: boolean,
  now: Moment,
  figures: SupervisorFigures,
): Transition {
  const { gateway } = state
  if (gateway.name === 'stopping') {
    return { state: { ...state, gateway: { ...gateway, next: start ? 'start' : 'stay' } }, effects: [] }
  }
  if (gateway.name === 'adopted' || gateway.name === 'foreign') return same(state)
  if (gateway.name === 'serviceManaged' && !isAtRest(gateway.phase)) return same(state)
  // Asked anew: meanwhile a service may have come to run the gateway, or to run it no longer.
  if (start && childPidOf(gateway) === null && gateway.name !== 'starting') {
    return begin({ ...state, isAsked: true }, now, figures)
  }
  if (gateway.name !== 'stopped' || gateway.why !== 'held') return same(state)
  return rest(state, { ...gateway, why: 'requested' })
}

/** A child ends with us, and starts with the next host. A service outlives us, and nobody else starts it. */
function onReleasedLeaving(
  state: SupervisorState,
  start: boolean,
  now: Moment,
  figures: SupervisorFigures,
): Transition {
  const { gateway } = state
  if (gateway.name !== 'serviceManaged') return onReleased(state, false, now, figures)
  return start ? askService(state, gateway, 'start', now) : same(state)
}

function onReplied(
  state: SupervisorState,
  runId: string,
  unwell: string | null,
  now: Moment,
  figures: SupervisorFigures,
): Transition {
  const { gateway } = state
  const heard = { ...state, misses: 0, lastReplyAt: now.mono }
  const running = { name: 'running', runId, pid: childPidOf(gateway) ?? 0, since: now.wall } as const
  const healthy = { do: 'setTimer', timer: 'healthy', runId, afterMs: figures.healthyAfterMs } as const
  switch (gateway.name) {
    case 'starting':
      if (unwell !== null || gateway.pid === null) return same(heard)
      return {
        state: { ...heard, gateway: running },
        effects: [
          { do: 'clearTimers' },
          healthy,
          {
            do: 'note',
            kind: 'gatewayReady',
            evidence: { pid: gateway.pid, startMs: Math.round(now.mono - state.startedAt) },
          },
          { do: 'probe', runId, until: 'ended' },
        ],
      }
    case 'running': {
      if (unwell === null) return same(heard)
      const why = problem('GATEWAY_UNWELL', { reason: unwell })
      return {
        state: { ...heard, gateway: { ...gateway, name: 'degraded', why } },
        effects: [{ do: 'note', kind: 'gatewayDegraded', problem: why }],
      }
    }
    case 'degraded':
      if (unwell !== null) return same(heard)
      return {
        state: { ...heard, gateway: { ...running, since: gateway.since } },
        effects: [
          healthy, // ten healthy minutes begin again
          { do: 'note', kind: 'gatewayRecovered', evidence: { pid: gateway.pid } },
        ],
      }
    default:
      return same(heard)
  }
}

function onTimer(
  state: SupervisorState,
  timer: Extract<SupervisorEvent, { type: 'timerFired' }>['timer'],
  now: Moment,
  figures: SupervisorFigures,
): Transition {
  const { gateway } = state
  switch (timer) {
    case 'slowStart':
      return gateway.name === 'starting'
        ? { state: { ...state, gateway: { ...gateway, pace: 'slow' } }, effects: [] }
        : same(state)
    case 'stuckStart':
      return gateway.name === 'starting'
        ? { state: { ...state, gateway: { ...gateway, pace: 'stuck' } }, effects: [] }
        : same(state)
    case 'kill':
      if (gateway.name !== 'stopping') return same(state)
      return {
        state,
        effects: [
          { do: 'kill', runId: gateway.runId },
          {
            do: 'note',
            kind: 'gatewayKilled',
            evidence: { pid: gateway.pid, afterMs: now.wall - gateway.since },
          },
        ],
      }
    case 'backOff':
      return gateway.name === 'backingOff' ? begin(state, now, figures) : same(state)
    case 'healthy':
      return gateway.name === 'running' ? same({ ...state, attempts: 0, unreadyExits: [] }) : same(state)
  }
}
