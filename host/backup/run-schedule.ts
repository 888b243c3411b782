import type { Clock } from '../clock.ts'
import type { BackupsOwner } from './backups.ts'
import { dueSlot } from './schedule.ts'

/** Short steps instead of one long wait: a machine that slept, or a clock that was set, is noticed at once. */
const lookEveryMs = 30_000
/** A scheduled backup that failed is tried again: the disk may be back. */
const againAfterMs = 3_600_000

interface ScheduleParts {
  readonly clock: Clock
  readonly backups: Pick<BackupsOwner, 'schedule' | 'create' | 'noticeTime'>
  isBusy(): boolean
}

/** Makes a backup whenever one is due. Returns the function that ends this. */
export function runSchedule({ clock, backups, isBusy }: ScheduleParts): () => void {
  let tried: { readonly slot: number; readonly at: number } | null = null
  let cancel = clock.after(lookEveryMs, look)

  function look(): void {
    cancel = clock.after(lookEveryMs, look)
    backups.noticeTime()
    const { mono, wall } = clock.now()
    const { schedule } = backups
    const slot = dueSlot(schedule, schedule, wall)
    if (slot === null) return
    const isTooSoon = tried?.slot === slot && mono - tried.at < againAfterMs
    if (isTooSoon || isBusy()) return
    tried = { slot, at: mono }
    backups.create({}, slot)
  }

  return () => cancel()
}
