import { childPidOf, type GatewayState } from '../../shared/gateway-state.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import type { Supervised } from '../backup/supervised.ts'
import type { Clock } from '../clock.ts'
import type { ProcessDetails, ProcessTable } from '../processes/process-table.ts'
import { isAtRest } from '../supervisor/others.ts'
import type { Supervisor } from '../supervisor/supervisor.ts'
import { findLockHolder } from './find-lock-holder.ts'

interface SupervisedParts {
  readonly clock: Clock
  readonly supervisor: Supervisor
  readonly table: Pick<ProcessTable, 'findListener' | 'describe'>
  /** Of the state that is copied or swapped. */
  readonly configPath: string
  /** The port of the gateway's next start, by the files as they are now. */
  port(): Promise<number>
  /** The secrets are read anew for the next start: others may be in force by then. */
  startAsked(): void
  isWanted(): boolean
  isLeaving(): boolean
  askHealth(): Promise<unknown>
}

const lookEveryMs = 100

/** The gateway as backup and restore see it. */
export function superviseState(parts: SupervisedParts): Supervised {
  const { clock, supervisor, table, configPath, isWanted, isLeaving } = parts
  const wait = () => new Promise<void>((resolve) => clock.after(lookEveryMs, resolve))
  return {
    isOurs: () => isUp(supervisor.state),
    isWanted,
    async hold() {
      await supervisor.hold()
      const { state } = supervisor
      if (state.name !== 'serviceManaged' || isAtRest(state.phase)) return
      // It would not stop, and goes on writing: nobody is to take its files for resting.
      supervisor.release(false)
      throw new ProblemError(state.unwell ?? notRunning(state))
    },
    release() {
      parts.startAsked()
      supervisor.release(isWanted())
    },
    async findOther() {
      const { state } = supervisor
      // A service is stopped and started through its manager; what was started by hand is not ours to stop.
      const ours = state.name === 'serviceManaged' ? state.pid : childPidOf(state)
      const holder = await findLockHolder({ configPath, table })
      if (holder && holder.pid !== ours) return notOurs(holder)
      if (ours !== null) return null
      // One that holds no lock, of another version say, is known by its port.
      const port = await parts.port()
      const listener = await table.findListener(port)
      if (!listener) return null
      return notOurs(listener.kind === 'process' ? listener.process : { pid: 0, program: listener.user })
    },
    async proveHealth(limitMs) {
      const until = clock.now().mono + limitMs
      let found: Problem = notRunning(supervisor.state)
      while (clock.now().mono < until) {
        const { state } = supervisor
        if (isLeaving()) return problem('HOST_LEAVING', { pid: process.pid })
        if (state.name === 'failed') return state.problem
        if (state.name === 'foreign') return state.problem
        if (state.name === 'serviceManaged' && state.phase === 'failed')
          return state.unwell ?? notRunning(state)
        // It ended once already, with the files that are to be proved: that is proof enough.
        if (state.name === 'backingOff') return state.cause
        // Somebody asked for it to be stopped: that says nothing about the files.
        if (state.name === 'stopped') return isWanted() ? notRunning(state) : null
        if (state.name === 'running' || (state.name === 'serviceManaged' && state.phase === 'running')) {
          const unwell = await parts.askHealth().then(() => null, problemOf)
          if (unwell === null) return null
          found = unwell
        } else found = notRunning(state)
        await wait()
      }
      return found
    },
  }
}

function notOurs({ pid, program }: Pick<ProcessDetails, 'pid' | 'program'>): Problem {
  return problem('RESTORE_GATEWAY_NOT_OURS', { pid, program })
}

function notRunning({ name }: GatewayState): Problem {
  return problem('GATEWAY_NOT_RUNNING', { state: name })
}

function isUp(state: GatewayState): boolean {
  if (state.name === 'serviceManaged') return state.pid !== null || state.phase === 'starting'
  return state.name === 'starting' || childPidOf(state) !== null
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  return problem('INTERNAL', { detail: error instanceof Error ? error.message : String(error) })
}
