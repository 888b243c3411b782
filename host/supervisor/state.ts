import type { GatewayState } from '../../shared/gateway-state.ts'
import type { Problem } from '../../shared/problem.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { ProcessIdentity } from '../processes/process-table.ts'

/** A moment on both clocks: decisions use `mono`, which no clock change moves; people see `wall`. */
export interface Moment {
  readonly mono: number
  readonly wall: number
}

/** A gateway that runs already, and that is not our child. */
export type OtherGateway = {
  /** Of its process, as the process table names it; null where only its owner may know it. */
  readonly identity: ProcessIdentity | null
  readonly program: string
} & (
  | { readonly kind: 'adopted'; readonly unwell: Problem | null }
  | { readonly kind: 'foreign'; readonly user: string; readonly problem: Problem }
)

/** The gateway's service, as its manager reports it just now. */
export interface ServiceSighting {
  readonly manager: 'systemd' | 'launchd'
  readonly unit: string
  readonly phase: Extract<GatewayState, { name: 'serviceManaged' }>['phase']
  readonly pid: number | null
  readonly unwell: Problem | null
}

export type ServiceAct = 'start' | 'stop' | 'restart'

export interface GatewayExit {
  readonly code: number | null
  readonly signal: string | null
  /** The last lines it wrote, oldest first, at most 50. */
  readonly lastLines: readonly string[]
}

/** The state that surfaces see, with what the next decision needs. Times here are `Moment.mono`. */
export interface SupervisorState {
  readonly gateway: GatewayState
  /** Counts runs; names the next child, so that events of older ones can be told apart. */
  readonly runs: number
  readonly startedAt: number
  readonly lastReplyAt: number
  readonly misses: number
  readonly graceUntil: number
  /** Unrequested ends since the last healthy time or request; picks the back-off. */
  readonly attempts: number
  readonly unreadyExits: readonly number[]
  readonly crashes: number
  /** No child is started meanwhile: its files are being copied or swapped. */
  readonly isHeld: boolean
  /** Somebody asked for the start that is under way: a service that rests is started too. */
  readonly isAsked: boolean
  /** The start that is under way follows the end of a gateway that was another's. */
  readonly isAfterOther: boolean
  /** Why a child that we end ourselves has to go; null when the owner asked. */
  readonly ending: Problem | null
}

/** What happened. `runId` marks events of one child; those of an older one are dropped. */
export type SupervisorEvent =
  | { readonly type: 'startRequested' | 'restartRequested' }
  /** The host has opened; `start`: the owner wants it running. */
  | { readonly type: 'opened'; readonly start: boolean }
  | { readonly type: 'stopRequested'; readonly by: 'owner' | 'quit' }
  | { readonly type: 'held' }
  /** `start`: the owner wants it running; `isLeaving`: the host ends, and starts no child any more. */
  | { readonly type: 'released'; readonly start: boolean; readonly isLeaving?: boolean }
  | { readonly type: 'configAccepted' | 'portFree'; readonly runId: string }
  | { readonly type: 'blocked'; readonly runId: string; readonly problem: Problem }
  | { readonly type: 'foundOther'; readonly runId: string; readonly other: OtherGateway }
  | { readonly type: 'otherSeen'; readonly runId: string; readonly unwell: Problem | null }
  /** `start`: the owner wants one running. */
  | { readonly type: 'otherEnded' | 'serviceGone'; readonly runId: string; readonly start: boolean }
  | { readonly type: 'serviceSeen'; readonly runId: string; readonly service: ServiceSighting }
  | { readonly type: 'serviceRefused'; readonly runId: string; readonly problem: Problem }
  | { readonly type: 'spawned'; readonly runId: string; readonly pid: number }
  | { readonly type: 'replied'; readonly runId: string; readonly unwell: string | null }
  | { readonly type: 'missed'; readonly runId: string }
  | {
      readonly type: 'exited'
      readonly runId: string
      readonly exit: GatewayExit
      /** What is wrong with the configuration, where the exit code says that it is; else null. */
      readonly refusal: Problem | null
      /** 0 ≤ roll < 1, spreads the back-off. */
      readonly roll: number
    }
  | { readonly type: 'timerFired'; readonly timer: Timer; readonly runId: string }
  | { readonly type: 'obstacleGone'; readonly runId: string }
  | { readonly type: 'wokeUp'; readonly sleptMs: number }

export type Timer = 'slowStart' | 'stuckStart' | 'kill' | 'backOff' | 'healthy'

/** What to do about it; the effect runner performs these in order. */
export type Effect =
  /** `asksService`: also, at the same time, whether a service runs the gateway. */
  | { readonly do: 'checkConfig'; readonly runId: string; readonly asksService: boolean }
  /** `afterOther`: the port was another's; whoever is starting that one again goes first. */
  | { readonly do: 'checkPort'; readonly runId: string; readonly afterOther: boolean }
  /** Whether a gateway that is not our child runs, or comes to run, while ours rests. */
  | { readonly do: 'lookAround'; readonly runId: string }
  | { readonly do: 'watchOther'; readonly runId: string; readonly other: OtherGateway }
  | { readonly do: 'watchService'; readonly runId: string }
  | { readonly do: 'changeService'; readonly runId: string; readonly act: ServiceAct }
  | { readonly do: 'spawn'; readonly runId: string }
  | { readonly do: 'probe'; readonly runId: string; readonly until: 'ready' | 'ended' }
  | { readonly do: 'terminate' | 'kill'; readonly runId: string }
  | { readonly do: 'setTimer'; readonly timer: Timer; readonly runId: string; readonly afterMs: number }
  | { readonly do: 'clearTimers' }
  | { readonly do: 'watchObstacle'; readonly runId: string; readonly problem: Problem }
  | { readonly do: 'storeIntent'; readonly intent: 'running' | 'stopped' }
  | {
      readonly do: 'note'
      readonly kind: TimelineKind
      readonly problem?: Problem
      readonly evidence?: Record<string, string | number | string[]>
    }

export interface Transition {
  readonly state: SupervisorState
  readonly effects: readonly Effect[]
}

export function initialState(now: Moment): SupervisorState {
  return {
    gateway: { name: 'stopped', why: 'notStarted', since: now.wall },
    runs: 0,
    startedAt: now.mono,
    lastReplyAt: now.mono,
    misses: 0,
    graceUntil: now.mono,
    attempts: 0,
    unreadyExits: [],
    crashes: 0,
    isHeld: false,
    isAsked: false,
    isAfterOther: false,
    ending: null,
  }
}

/** The run an event must name to be heard now. */
export function currentRun(state: SupervisorState): string {
  return `run-${state.runs}`
}
