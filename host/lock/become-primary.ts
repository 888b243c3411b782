import type { ProcessTable } from '../processes/process-table.ts'
import { saySentence } from '../terminal.ts'
import { type LockHolder, takeHostLock } from './host-lock.ts'
import { killHung, meetPrimary } from './meet-primary.ts'

export type Primacy =
  | { readonly kind: 'primary'; release(): Promise<void> }
  /** Another host looks after this user's gateway; `url` is a fresh address of it. */
  | { readonly kind: 'other'; readonly url: string }

/** Takes the host lock, or meets the host that holds it. One that does not answer is ended as hung. */
export async function becomePrimary(
  lockPath: string,
  me: LockHolder,
  table: Pick<ProcessTable, 'identify'>,
): Promise<Primacy> {
  for (;;) {
    const lock = await takeHostLock(lockPath, me, table)
    if (lock.kind === 'taken') return { kind: 'primary', release: lock.release }
    const primary = await meetPrimary(lock.holder, table)
    const link = await primary?.call('host.link')
    primary?.close()
    if (link?.ok) return { kind: 'other', url: link.value.url }
    if (table.identify(lock.holder.pid)?.startTime !== lock.holder.startTime) continue
    saySentence(`The host that runs already (pid ${lock.holder.pid}) does not answer and is ended.`)
    await killHung(lock.holder, table)
  }
}
