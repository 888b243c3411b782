import type { GatewayState } from '../../shared/gateway-state.ts'
import type { Problem } from '../../shared/problem.ts'
import type { TimelineKind } from '../../shared/timeline.ts'

/** A moment on both clocks: decisions use `mono`, which no clock change moves; people see `wall`. */
export interface Moment {
  readonly mono: number
  readonly wall: number
}

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
  /** Why a child that we end ourselves has to go; null when the owner asked. */
  readonly ending: Problem | null
}

/** What happened. `runId` marks events of one child; those of an older one are dropped. */
export type SupervisorEvent =
  | { readonly type: 'startRequested' | 'restartRequested' }
  | { readonly type: 'stopRequested'; readonly by: 'owner' | 'quit' }
  | { readonly type: 'held' }
  /** `start`: the owner wants it running. */
  | { readonly type: 'released'; readonly start: boolean }
  | { readonly type: 'configAccepted' | 'portFree'; readonly runId: string }
  | { readonly type: 'blocked'; readonly runId: string; readonly problem: Problem }
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
  | { readonly do: 'checkConfig'; readonly runId: string }
  | { readonly do: 'checkPort'; readonly runId: string }
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
    ending: null,
  }
}

/** The run an event must name to be heard now. */
export function currentRun(state: SupervisorState): string {
  return `run-${state.runs}`
}
