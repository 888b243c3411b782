import type { GatewayState } from '../../shared/gateway-state.ts'
import type { Problem } from '../../shared/problem.ts'
import { begin, rest, watch } from './entering.ts'
import type { SupervisorFigures } from './figures.ts'
import {
  currentRun,
  type Effect,
  type Moment,
  type OtherGateway,
  type ServiceSighting,
  type SupervisorState,
  type Transition,
} from './state.ts'

type ServiceManaged = Extract<GatewayState, { name: 'serviceManaged' }>

/** Another gateway than our child holds the port: it is shown and watched, and none is started beside it. */
export function onFoundOther(state: SupervisorState, other: OtherGateway, now: Moment): Transition {
  const { gateway } = state
  // From any other state a child of ours may live, or a service answers for the gateway.
  const isExpected =
    gateway.name === 'starting'
      ? gateway.stage === 'checkingPort'
      : gateway.name === 'stopped' || gateway.name === 'adopted' || gateway.name === 'foreign'
  if (!isExpected || state.isHeld) return { state, effects: [] }
  const { identity, program } = other
  const follow: Effect = { do: 'watchOther', runId: currentRun(state), other }
  if (other.kind === 'adopted' && identity) {
    return watch(
      state,
      { name: 'adopted', pid: identity.pid, since: now.wall, program, unwell: other.unwell },
      { do: 'note', kind: 'gatewayAdopted', evidence: { pid: identity.pid, program } },
      follow,
    )
  }
  if (other.kind !== 'foreign') return { state, effects: [] }
  const { user, problem } = other
  return watch(
    state,
    { name: 'foreign', pid: identity?.pid ?? null, since: now.wall, program, user, problem },
    { do: 'note', kind: 'gatewayFailed', problem, evidence: identity ? { pid: identity.pid } : {} },
    follow,
  )
}

export function onOtherSeen(state: SupervisorState, unwell: Problem | null): Transition {
  const { gateway } = state
  if (gateway.name !== 'adopted' || gateway.unwell?.code === unwell?.code) return { state, effects: [] }
  const evidence = { pid: gateway.pid }
  return {
    state: { ...state, gateway: { ...gateway, unwell } },
    effects: [
      unwell
        ? { do: 'note', kind: 'gatewayDegraded', problem: unwell, evidence }
        : { do: 'note', kind: 'gatewayRecovered', evidence },
    ],
  }
}

/** Theirs is gone. Ours follows where one is wanted, once it is clear that they do not start theirs again. */
export function onOtherEnded(
  state: SupervisorState,
  start: boolean,
  now: Moment,
  figures: SupervisorFigures,
): Transition {
  const { gateway } = state
  if (gateway.name !== 'adopted' && gateway.name !== 'foreign') return { state, effects: [] }
  const released: Effect = {
    do: 'note',
    kind: 'gatewayReleased',
    evidence: { ...(gateway.pid === null ? {} : { pid: gateway.pid }), program: gateway.program },
  }
  return without({ ...state, isAfterOther: true }, start, now, figures, released)
}

/** A service runs the gateway, or would if it were started: nothing is started beside it. */
export function onServiceSeen(state: SupervisorState, service: ServiceSighting, now: Moment): Transition {
  const { gateway } = state
  if (gateway.name === 'serviceManaged') return onServiceSeenAgain(state, gateway, service, now)
  const isExpected =
    gateway.name === 'starting' ? gateway.pid === null && gateway.stage !== 'launching' : isWatching(gateway)
  if (!isExpected || state.isHeld) return { state, effects: [] }
  const runId = currentRun(state)
  const { manager, unit, pid } = service
  const starts = state.isAsked && isAtRest(service.phase)
  const phase = starts ? 'starting' : service.phase
  return watch(
    state,
    { name: 'serviceManaged', ...service, phase, since: now.wall },
    { do: 'note', kind: 'gatewayAdopted', evidence: { manager, unit, ...(pid === null ? {} : { pid }) } },
    { do: 'watchService', runId },
    ...(starts ? [{ do: 'changeService', runId, act: 'start' } as const] : []),
  )
}

function isWatching({ name }: GatewayState): boolean {
  return name === 'stopped' || name === 'adopted' || name === 'foreign'
}

function onServiceSeenAgain(
  state: SupervisorState,
  gateway: ServiceManaged,
  service: ServiceSighting,
  now: Moment,
): Transition {
  const { phase, pid, unwell } = service
  const isSamePhase = phase === gateway.phase && pid === gateway.pid
  // What a refused start or stop left to say stays said until another process runs, or one is asked for.
  const isRefusal = gateway.unwell?.code === 'SERVICE_MANAGER_FAILED' && pid === gateway.pid
  const said = unwell ?? (isRefusal ? gateway.unwell : null)
  if (isSamePhase && said?.code === gateway.unwell?.code) return { state, effects: [] }
  const next = { ...gateway, ...service, unwell: said, since: isSamePhase ? gateway.since : now.wall }
  return { state: { ...state, gateway: next }, effects: notesOf(gateway, next) }
}

function notesOf(before: ServiceManaged, after: ServiceManaged): Effect[] {
  const evidence = { unit: after.unit, ...(after.pid === null ? {} : { pid: after.pid }) }
  if (after.phase === 'running' && before.phase !== 'running') {
    return [{ do: 'note', kind: 'gatewayReady', evidence }]
  }
  if (after.phase === 'failed' && before.phase !== 'failed') {
    return [{ do: 'note', kind: 'gatewayExited', ...withProblem(after.unwell), evidence }]
  }
  if (after.phase === 'stopped' && before.phase !== 'stopped') {
    return [{ do: 'note', kind: 'gatewayStopped', evidence }]
  }
  if (after.unwell && !before.unwell) {
    return [{ do: 'note', kind: 'gatewayDegraded', problem: after.unwell, evidence }]
  }
  return before.unwell && !after.unwell ? [{ do: 'note', kind: 'gatewayRecovered', evidence }] : []
}

function withProblem(problem: Problem | null) {
  return problem ? { problem } : {}
}

/** Its manager would not do as it was asked. The next look says in which state it left the service. */
export function onServiceRefused(state: SupervisorState, problem: Problem): Transition {
  const { gateway } = state
  if (gateway.name !== 'serviceManaged') return { state, effects: [] }
  return {
    state: {
      ...state,
      gateway: { ...gateway, phase: gateway.pid === null ? 'failed' : 'running', unwell: problem },
    },
    effects: [{ do: 'note', kind: 'gatewayFailed', problem, evidence: { unit: gateway.unit } }],
  }
}

/** The service was removed, or is neither enabled nor active any more. */
export function onServiceGone(
  state: SupervisorState,
  start: boolean,
  now: Moment,
  figures: SupervisorFigures,
): Transition {
  const { gateway } = state
  if (gateway.name !== 'serviceManaged') return { state, effects: [] }
  const released: Effect = { do: 'note', kind: 'gatewayReleased', evidence: { unit: gateway.unit } }
  return without(state, start, now, figures, released)
}

function without(
  state: SupervisorState,
  start: boolean,
  now: Moment,
  figures: SupervisorFigures,
  released: Effect,
): Transition {
  if (state.isHeld) return rest(state, { name: 'stopped', why: 'held', since: now.wall }, released)
  if (!start) return rest(state, { name: 'stopped', why: 'exitedByItself', since: now.wall }, released)
  return begin(state, now, figures, released)
}

/** Asks the manager for what the owner asked for; the phase is shown at once, so that no surface guesses. */
export function askService(
  state: SupervisorState,
  gateway: ServiceManaged,
  act: 'start' | 'stop' | 'restart',
  now: Moment,
  ...also: readonly Effect[]
): Transition {
  const isResting = isAtRest(gateway.phase)
  if (act === 'stop' ? isResting : act === 'start' && !isResting) return { state, effects: also }
  return {
    state: {
      ...state,
      gateway: {
        ...gateway,
        phase: act === 'stop' ? 'stopping' : 'starting',
        since: now.wall,
        unwell: null,
      },
    },
    effects: [
      ...also,
      { do: 'changeService', runId: currentRun(state), act: act === 'restart' && isResting ? 'start' : act },
    ],
  }
}

export function isAtRest(phase: ServiceManaged['phase']): boolean {
  return phase === 'stopped' || phase === 'failed'
}
