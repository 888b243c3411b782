import { type Problem, problem } from '../../shared/problem.ts'
import { isSameProcess, type ProcessTable } from '../processes/process-table.ts'
import { saySentence } from '../terminal.ts'
import { holdsLock, type LockHolder, takeHostLock } from './host-lock.ts'

/** A host that leaves stops its gateway first, which takes up to 6 s. */
const leavingLimitMs = 10_000
const unreachableSeconds = 5

export type Primacy =
  | { readonly kind: 'primary'; release(): Promise<void> }
  /** Another host looks after this user's gateway; `url` is a fresh address of it. */
  | { readonly kind: 'other'; readonly url: string }
  | { readonly kind: 'blocked'; readonly problem: Problem }

/**
 * Takes the host lock, or meets the host that holds it. One that leaves is waited for; a command that holds
 * the place of one, for as long as it takes; one that hangs is ended; one that lives but cannot be spoken to
 * is left alone and named.
 */
export async function becomePrimary(
  lockPath: string,
  me: LockHolder,
  table: Pick<ProcessTable, 'identify'>,
): Promise<Primacy> {
  let toldOf: number | null = null
  for (;;) {
    const lock = await takeHostLock(lockPath, me, table)
    if (lock.kind === 'taken') return { kind: 'primary', release: lock.release }
    const { holder } = lock
    // Loaded for those only who meet another host: it brings the whole contract.
    const { killHung, meetPrimary, untilNot } = await import('./meet-primary.ts')
    const stillHolds = () => holdsLock(lockPath, holder, table)
    const meeting = await meetPrimary(holder, stillHolds)
    switch (meeting.kind) {
      case 'gone':
        continue
      case 'unreachable':
        return blocked(problem('HOST_UNRESPONSIVE', { pid: holder.pid, seconds: unreachableSeconds }))
      case 'hangs':
        saySentence(`The host that runs already (pid ${holder.pid}) does not answer and is ended.`)
        await killHung(holder, table)
        continue
    }
    const link = await meeting.connection.call('host.link')
    meeting.connection.close()
    if (link.ok) return { kind: 'other', url: link.value.url }
    if (link.code === 'HOST_BUSY_WITH_COMMAND') {
      if (toldOf !== holder.pid) {
        saySentence(`A command is at work on the state (pid ${holder.pid}); it is waited for.`)
      }
      toldOf = holder.pid
      await untilNot(stillHolds, Number.POSITIVE_INFINITY)
      continue
    }
    if (link.code !== 'HOST_LEAVING' && link.code !== 'CONNECTION_LOST') return blocked(link)
    saySentence(`The host that runs already (pid ${holder.pid}) is closing; this one starts after it.`)
    // A host that leaves ends with its process; a command may go on without holding anything.
    const goesOn = link.code === 'HOST_LEAVING' ? () => isSameProcess(table, holder) : stillHolds
    if (!(await untilNot(goesOn, leavingLimitMs))) {
      return blocked(problem('HOST_LEAVING', { pid: holder.pid }))
    }
  }
}

function blocked(found: Problem): Primacy {
  return { kind: 'blocked', problem: found }
}
