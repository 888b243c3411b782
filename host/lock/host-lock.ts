import { link, mkdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isSameProcess, type ProcessIdentity, type ProcessTable } from '../processes/process-table.ts'

export interface LockHolder extends ProcessIdentity {
  readonly bootId: string
  /** Where this host's control socket is. */
  readonly socketPath: string
}

export type LockOutcome =
  | { readonly kind: 'taken'; release(): Promise<void> }
  | { readonly kind: 'held'; readonly holder: LockHolder }

/**
 * One host per user and machine. The lock is a file that appears with its whole content at once
 * (`link`), naming its holder by pid, start time and boot; a dead holder's lock is replaced.
 */
export async function takeHostLock(
  path: string,
  me: LockHolder,
  table: Pick<ProcessTable, 'identify'>,
): Promise<LockOutcome> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  for (;;) {
    if (await tryLink(path, me)) {
      return { kind: 'taken', release: () => releaseIfMine(path, me) }
    }
    const holder = await readHolder(path)
    if (holder && isAlive(holder, me, table)) return { kind: 'held', holder }
    await removeDead(path, me, table)
  }
}

/** Whether `holder` lives and the lock still names it: one that has released it may go on with other work. */
export async function holdsLock(
  path: string,
  holder: ProcessIdentity,
  table: Pick<ProcessTable, 'identify'>,
): Promise<boolean> {
  return isSameProcess(table, holder) && isNamed(await readHolder(path), holder)
}

/** The holder a lock names, dead or alive; null where there is no lock or it says nothing. */
export async function readHolder(path: string): Promise<LockHolder | null> {
  return parseHolder(await readFile(path, 'utf8').catch(() => ''))
}

function parseHolder(text: string): LockHolder | null {
  try {
    const found: unknown = JSON.parse(text)
    return isHolder(found) ? found : null
  } catch {
    return null
  }
}

/** By hand: the desktop takes its lock before its tray shows, and does not load a schema library for it. */
function isHolder(found: unknown): found is LockHolder {
  if (typeof found !== 'object' || found === null) return false
  const { pid, startTime, bootId, socketPath } = found as Record<keyof LockHolder, unknown>
  const areTexts = [startTime, bootId, socketPath].every((part) => typeof part === 'string')
  return areTexts && Number.isSafeInteger(pid) && Number(pid) > 0
}

function isAlive(holder: LockHolder, me: LockHolder, table: Pick<ProcessTable, 'identify'>): boolean {
  return holder.bootId === me.bootId && isSameProcess(table, holder)
}

async function tryLink(path: string, me: LockHolder): Promise<boolean> {
  const draft = `${path}.${me.pid}`
  await writeFile(draft, JSON.stringify(me), { mode: 0o600 })
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await unlink(draft).catch(() => {})
  }
}

/**
 * Two starts may find the same dead lock at once. Only the one that holds the `.replacing` folder may
 * remove it, after reading it again; the folder of one that died meanwhile is taken over by age.
 */
async function removeDead(
  path: string,
  me: LockHolder,
  table: Pick<ProcessTable, 'identify'>,
): Promise<void> {
  const guard = `${path}.replacing`
  for (let waitedMs = 0; ; waitedMs += 20) {
    try {
      await mkdir(guard)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (waitedMs > 2_000) await rm(guard, { recursive: true, force: true })
      await wait(20)
    }
  }
  try {
    const text = await readFile(path, 'utf8').catch(() => null)
    // One that is gone must not be removed: by now that name may be a new holder's.
    if (text === null) return
    const holder = parseHolder(text)
    if (!holder || !isAlive(holder, me, table)) await rm(path, { force: true })
  } finally {
    await rm(guard, { recursive: true, force: true })
  }
}

function isNamed(named: LockHolder | null, one: ProcessIdentity): boolean {
  return named?.pid === one.pid && named.startTime === one.startTime
}

async function releaseIfMine(path: string, me: ProcessIdentity): Promise<void> {
  if (!isNamed(await readHolder(path), me)) return
  const leaving = `${path}.${me.pid}.leaving`
  await rename(path, leaving).catch(() => {})
  await rm(leaving, { force: true })
}
