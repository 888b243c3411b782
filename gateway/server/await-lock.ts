import { linkSync, lstatSync, readFileSync, renameSync, unlinkSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import {
  findLockHolder,
  parseRecord,
  readHeldLock,
  readLockText,
  type StateLockRecord,
} from '../../host/gateway/find-lock-holder.ts'
import { openProcessTable } from '../../host/processes/open-process-table.ts'
import type { ProcessDetails } from '../../host/processes/process-table.ts'
import { createLock, type LockPlace, removeIfOurs } from './state-lock.ts'

export type AwaitedLock =
  | { readonly kind: 'held' }
  /** What stands there is none of ours to touch. */
  | { readonly kind: 'obstacle'; readonly detail: string }
  | { readonly kind: 'taken'; readonly holder: ProcessDetails }

/** As in Moltbot. */
const waitMs = 5_000
const lookEveryMs = 100
/** A lock is written in one go: what cannot be read after that was left half written. */
const unreadableMs = 30_000

/**
 * Waits for a gateway that is ending, and takes over from one that is proven dead. Everything is asked of the
 * system at each look: a holder is a process that lives, is this user's, and is the one that wrote the lock.
 */
export async function awaitLock(place: LockPlace): Promise<AwaitedLock> {
  const until = performance.now() + waitMs
  for (;;) {
    const found = await look(place)
    if (found !== 'again') {
      if (found.kind !== 'taken' || performance.now() >= until) return found
    } else if (performance.now() >= until) {
      return { kind: 'obstacle', detail: 'it cannot be read, and is too young to be taken for a remainder' }
    }
    await delay(lookEveryMs)
  }
}

async function look(place: LockPlace): Promise<AwaitedLock | 'again'> {
  const table = openProcessTable()
  const { path, uid, configPath, text } = place
  if ((await readLockText(path, uid)) !== text && !createLock(place)) {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    if (!stats) return 'again'
    if (!stats.isFile() || stats.uid !== uid) {
      return { kind: 'obstacle', detail: 'something that is no lock of this user stands there' }
    }
    const judged = await readLockText(path, uid)
    const record = parseRecord(judged)
    if (!record && Date.now() - stats.mtimeMs < unreadableMs) return 'again'
    const holder = record && (await readHeldLock(path, uid, table))?.holder
    if (holder && isGatewayCommand(holder.pid, record)) return { kind: 'taken', holder }
    if (!removeStale(path, judged) || !createLock(place)) return 'again'
  }
  const holder = await findLockHolder({ configPath, table })
  if (!holder) return { kind: 'held' }
  await removeIfOurs(place)
  return { kind: 'taken', holder }
}

/** Only where the lock does not say when its writer started: then the pid may be another program's by now. */
function isGatewayCommand(pid: number, { startTime }: StateLockRecord): boolean {
  if (startTime !== undefined || process.platform !== 'linux') return true
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('gateway')
  } catch {
    return true // what cannot be told is not taken away
  }
}

/**
 * Two that start at once may both have judged the same remainder: the second one must not remove what the first has
 * written since. Whoever moves it away looks at what was moved, and puts back what it has not judged.
 */
function removeStale(path: string, judged: string | null): boolean {
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
    const isJudged = judged === null || readFileSync(aside, 'utf8') === judged
    if (!isJudged) linkSync(aside, path)
    unlinkSync(aside)
    return isJudged
  } catch {
    return false // somebody else was quicker
  }
}
