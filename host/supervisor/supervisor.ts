import type { GatewayState } from '../../shared/gateway-state.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { Clock } from '../clock.ts'
import type { Liveness } from '../gateway-client/fetch-liveness.ts'
import type { SupervisorFigures } from './figures.ts'
import { isAtRest } from './others.ts'
import { startProbing } from './probing.ts'
import {
  currentRun,
  type Effect,
  type GatewayExit,
  initialState,
  type OtherGateway,
  type ServiceAct,
  type ServiceSighting,
  type SupervisorEvent,
  type SupervisorState,
  type Timer,
} from './state.ts'
import { transition } from './transition.ts'

/** A started gateway: its process group is led by `pid`. */
export interface LaunchedGateway {
  readonly pid: number
  signal(signal: 'SIGTERM' | 'SIGKILL'): void
}

export type PortFinding =
  | { readonly kind: 'free' }
  /** Something else holds it, or it may not be listened on. */
  | { readonly kind: 'blocked'; readonly problem: Problem }
  | { readonly kind: 'other'; readonly other: OtherGateway }
  | { readonly kind: 'service'; readonly service: ServiceSighting }

/** Gateways that are not our child. None of this ever signals a process. What watches returns its end. */
export interface OtherGateways {
  /** `afterOther`: resolves once the port has stayed free for a while, or somebody has taken it. */
  lookAtPort(port: number, afterOther: boolean): Promise<PortFinding>
  /** Looks for one until `found` was called, once. */
  lookAround(port: number, found: (finding: PortFinding) => void): () => void
  watch(
    other: OtherGateway,
    port: number,
    heard: { seen(unwell: Problem | null): void; changed(now: OtherGateway): void; ended(): void },
  ): () => void
}

/** The service of the operating system that may run the gateway in our place. */
export interface GatewayService {
  /** Null where none does, also where its manager does not answer in time. */
  ask(): Promise<ServiceSighting | null>
  watch(port: number, heard: { seen(now: ServiceSighting): void; gone(): void }): () => void
  /** Meanwhile a watch stays silent; afterwards it looks at once. */
  change(act: ServiceAct): Promise<Problem | null>
}

export interface SupervisorPorts {
  readonly clock: Clock
  /** Those of the program that runs, or is about to. */
  readonly figures: SupervisorFigures
  /** 0 ≤ random() < 1. */
  random(): number
  /** Reads the configuration; the port it names is used for the whole run. */
  checkConfig(): Promise<{ ok: true; port: number } | { ok: false; problem: Problem }>
  readonly others: OtherGateways
  readonly service: GatewayService
  /** The owner wants a gateway running. */
  isWanted(): boolean
  /** Starts the gateway. `exited` is called once, after its output was read and its group is gone. */
  launch(
    runId: string,
    port: number,
    exited: (exit: GatewayExit, refusal: Problem | null) => void,
  ): LaunchedGateway | Problem
  probe(port: number, pid: number, limitMs: number): Promise<Liveness>
  /** Calls `gone` once when what stood in the way may have gone. Returns the function that stops looking. */
  watchObstacle(found: Problem, everyMs: number, gone: () => void): () => void
  storeIntent(intent: 'running' | 'stopped'): void
  note(kind: TimelineKind, found: Problem | null, evidence: Record<string, string | number | string[]>): void
  changed(state: SupervisorState, port: number): void
}

export interface Supervisor {
  readonly state: GatewayState
  /** The host is open: starts the gateway where the owner wants it running, or looks who else runs one. */
  open(): void
  start(): void
  stop(): void
  restart(): void
  /**
   * Ends the gateway without changing what the owner wants; resolves when it is gone, or when its service
   * would not stop it. One that was started by hand goes on. Nothing is started before `release`, which
   * starts it again where `start` says so.
   */
  hold(): Promise<void>
  release(start: boolean): void
  /**
   * Ends the gateway without changing what the owner wants; resolves when it is gone. Nothing is started
   * from then on. `killAfterMs` is for who has less time than the figures give it, and may be asked again.
   */
  quit(killAfterMs?: number): Promise<void>
  /** After `quit`, once nothing is held any more: a service was looked at until now. */
  close(): void
}

/** Performs the effects of `transition` and feeds back what happens. */
export function createSupervisor(ports: SupervisorPorts, initialPort: number): Supervisor {
  let state = initialState(ports.clock.now())
  let port = initialPort
  let child: LaunchedGateway | null = null
  let stopProbing = () => {}
  let stopWatching = () => {}
  const timers = new Map<Timer, () => void>()
  const atRest = new Set<() => void>()
  const queue: SupervisorEvent[] = []
  let isBusy = false
  let isLeaving = false

  /** Events raised while effects run wait for their turn, so that effects keep their order. */
  function handle(event: SupervisorEvent): void {
    queue.push(event)
    if (isBusy) return
    isBusy = true
    try {
      for (let next = queue.shift(); next; next = queue.shift()) step(next)
    } finally {
      isBusy = false
    }
  }

  function step(event: SupervisorEvent): void {
    const before = state.gateway
    const { state: after, effects } = transition(state, event, ports.clock.now(), ports.figures)
    state = after
    if (after.gateway !== before) ports.changed(after, port)
    for (const effect of effects) perform(effect)
    if (isResting(after)) {
      stopProbing()
      for (const resolve of atRest) resolve()
      atRest.clear()
    }
  }

  function perform(effect: Effect): void {
    switch (effect.do) {
      case 'checkConfig':
        stopWatching()
        void Promise.all([ports.checkConfig(), effect.asksService ? ports.service.ask() : null]).then(
          ([found, service]) => {
            if (found.ok) port = found.port
            if (service) return handle({ type: 'serviceSeen', runId: effect.runId, service })
            if (!found.ok) return handle({ type: 'blocked', runId: effect.runId, problem: found.problem })
            handle({ type: 'configAccepted', runId: effect.runId })
          },
          blockedBy(effect.runId),
        )
        return
      case 'checkPort':
        void ports.others
          .lookAtPort(port, effect.afterOther)
          .then((finding) => found(effect.runId, finding), blockedBy(effect.runId))
        return
      case 'lookAround':
        if (isLeaving) return
        stopWatching()
        stopWatching = ports.others.lookAround(port, (finding) => found(effect.runId, finding))
        void ports.service.ask().then((service) => {
          if (service) handle({ type: 'serviceSeen', runId: effect.runId, service })
        })
        return
      case 'watchOther':
        stopWatching = ports.others.watch(effect.other, port, {
          seen: (unwell) => handle({ type: 'otherSeen', runId: effect.runId, unwell }),
          changed: (other) => handle({ type: 'foundOther', runId: effect.runId, other }),
          ended: () => handle({ type: 'otherEnded', runId: effect.runId, start: isWanted() }),
        })
        return
      case 'watchService':
        stopWatching = ports.service.watch(port, {
          seen: (service) => handle({ type: 'serviceSeen', runId: effect.runId, service }),
          gone: () => handle({ type: 'serviceGone', runId: effect.runId, start: isWanted() }),
        })
        return
      case 'changeService':
        void ports.service.change(effect.act).then((refusal) => {
          if (refusal) handle({ type: 'serviceRefused', runId: effect.runId, problem: refusal })
        })
        return
      case 'spawn':
        return spawn(effect.runId)
      case 'probe':
        return probe(effect.runId, effect.until)
      case 'terminate':
        return child?.signal('SIGTERM')
      case 'kill':
        return child?.signal('SIGKILL')
      case 'setTimer':
        timers.get(effect.timer)?.()
        timers.set(
          effect.timer,
          ports.clock.after(effect.afterMs, () => {
            timers.delete(effect.timer)
            handle({ type: 'timerFired', timer: effect.timer, runId: effect.runId })
          }),
        )
        return
      case 'clearTimers':
        return clearTimers()
      case 'watchObstacle':
        stopWatching = ports.watchObstacle(effect.problem, ports.figures.obstacleEveryMs, () =>
          handle({ type: 'obstacleGone', runId: effect.runId }),
        )
        return
      case 'storeIntent':
        return ports.storeIntent(effect.intent)
      case 'note':
        return ports.note(effect.kind, effect.problem ?? null, effect.evidence ?? {})
    }
  }

  function clearTimers(): void {
    for (const cancel of timers.values()) cancel()
    timers.clear()
    stopWatching()
  }

  /** A check that could not be made (no file descriptor left, say) stands in the way like its failure. */
  function blockedBy(runId: string): (error: unknown) => void {
    return (error) => {
      const detail = error instanceof Error ? error.message : String(error)
      handle({ type: 'blocked', runId, problem: problem('INTERNAL', { detail }) })
    }
  }

  const isWanted = () => !isLeaving && ports.isWanted()

  function found(runId: string, finding: PortFinding): void {
    switch (finding.kind) {
      case 'free':
        return handle({ type: 'portFree', runId })
      case 'blocked':
        return handle({ type: 'blocked', runId, problem: finding.problem })
      case 'other':
        return handle({ type: 'foundOther', runId, other: finding.other })
      case 'service':
        return handle({ type: 'serviceSeen', runId, service: finding.service })
    }
  }

  function spawn(runId: string): void {
    const launched = ports.launch(runId, port, (exit, refusal) => {
      stopProbing()
      child = null
      handle({ type: 'exited', runId, exit, refusal, roll: ports.random() })
    })
    if ('code' in launched) return handle({ type: 'blocked', runId, problem: launched })
    child = launched
    handle({ type: 'spawned', runId, pid: launched.pid })
  }

  function probe(runId: string, until: 'ready' | 'ended'): void {
    stopProbing()
    const pid = child?.pid
    if (pid === undefined) return
    stopProbing = startProbing({
      clock: ports.clock,
      figures: ports.figures,
      pace: until === 'ready' ? 'starting' : 'steady',
      probe: () => ports.probe(port, pid, ports.figures.probeLimitMs),
      found: (liveness) =>
        handle(
          liveness.kind === 'silent'
            ? { type: 'missed', runId }
            : { type: 'replied', runId, unwell: liveness.kind === 'unwell' ? liveness.reason : null },
        ),
      slept: (sleptMs) => handle({ type: 'wokeUp', sleptMs }),
    })
  }

  return {
    get state() {
      return state.gateway
    },
    open() {
      if (!isLeaving) handle({ type: 'opened', start: ports.isWanted() })
    },
    start() {
      if (!isLeaving) handle({ type: 'startRequested' })
    },
    stop: () => handle({ type: 'stopRequested', by: 'owner' }),
    restart() {
      if (!isLeaving) handle({ type: 'restartRequested' })
    },
    hold() {
      const gone = new Promise<void>((resolve) => atRest.add(resolve))
      handle({ type: 'held' })
      return isResting(state) ? Promise.resolve() : gone
    },
    release(start) {
      handle({ type: 'released', start, isLeaving })
    },
    quit(killAfterMs) {
      isLeaving = true
      const gone = new Promise<void>((resolve) => atRest.add(resolve))
      handle({ type: 'stopRequested', by: 'quit' })
      if (isResting(state)) return Promise.resolve()
      if (killAfterMs !== undefined) {
        const runId = currentRun(state)
        const cancel = ports.clock.after(killAfterMs, () => {
          handle({ type: 'timerFired', timer: 'kill', runId })
        })
        void gone.then(cancel)
      }
      return gone
    },
    close: clearTimers,
  }
}

/** Nothing of ours runs, nor what we were to hold. */
function isResting({ gateway, isHeld }: SupervisorState): boolean {
  switch (gateway.name) {
    case 'serviceManaged':
      return !isHeld || isAtRest(gateway.phase) || gateway.unwell?.code === 'SERVICE_MANAGER_FAILED'
    case 'starting':
    case 'running':
    case 'degraded':
    case 'stopping':
      return false
    case 'stopped':
    case 'failed':
    case 'backingOff':
    case 'adopted':
    case 'foreign':
      return true
  }
}
