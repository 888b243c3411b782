import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inspectLogFolder } from '../../host/config/log-folder.ts'
import {
  lockFolders,
  lockName,
  readLockText,
  type StateLockRecord,
  stateLockPath,
} from '../../host/gateway/find-lock-holder.ts'
import type { ProcessDetails } from '../../host/processes/process-table.ts'

export interface StateLock {
  isHeld(): boolean
  /** Why the gateway runs without one; null where it holds it, or was told to do without. */
  readonly obstacle: string | null
  readonly path: string
  /** Removes the lock if it is still this gateway's. Never rejects. */
  release(): Promise<void>
}

export type LockOutcome =
  | { readonly ok: true; readonly lock: StateLock }
  /** Another gateway runs on this configuration, and has not ended within the time. */
  | { readonly ok: false; readonly holder: ProcessDetails; readonly path: string }

export interface LockPlace {
  readonly configPath: string
  readonly path: string
  readonly uid: number
  /** What this process writes into it. */
  readonly text: string
}

/**
 * Takes the lock that every Moltbot looks for: one gateway on one configuration. Where nobody has it, that is
 * a matter of a few system calls. Where somebody has, {@link awaitLock} waits for one that is ending, and takes
 * it from one that is proven dead. What is no lock and stands in its place is left as it is, and the gateway
 * runs without. Never rejects.
 */
export async function acquireStateLock(configPath: string): Promise<LockOutcome> {
  const uid = process.getuid?.() ?? -1
  const path = stateLockPath(configPath, tmpdir(), uid)
  const place = { configPath, path, uid, text: JSON.stringify(describeSelf(configPath)) }
  try {
    const obstacle = prepareFolder(dirname(path))
    if (obstacle !== null) return { ok: true, lock: without(place, obstacle) }
    if (createLock(place) && !areThereOthers(place)) return { ok: true, lock: held(place) }
  } catch (error) {
    return { ok: true, lock: without(place, (error as NodeJS.ErrnoException).code ?? String(error)) }
  }
  const { awaitLock } = await import('./await-lock.ts')
  const found = await awaitLock(place)
  if (found.kind === 'held') return { ok: true, lock: held(place) }
  if (found.kind === 'obstacle') return { ok: true, lock: without(place, found.detail) }
  return { ok: false, holder: found.holder, path }
}

/** `CLAWDBOT_ALLOW_MULTI_GATEWAY=1`: the owner's word that several may run on this configuration. */
export function noStateLock(configPath: string): StateLock {
  const path = stateLockPath(configPath, tmpdir(), process.getuid?.() ?? -1)
  return { isHeld: () => true, obstacle: null, path, release: async () => {} }
}

/** False where something stands there already. Throws what else the system says. */
export function createLock({ path, text }: LockPlace): boolean {
  try {
    const fd = openSync(path, 'wx', 0o600) // a link in its place is not followed
    try {
      writeSync(fd, text)
    } catch (error) {
      unlinkSync(path) // an empty one would name nobody, and keep the next start waiting
      throw error
    } finally {
      closeSync(fd)
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

export async function removeIfOurs({ path, text, uid }: LockPlace): Promise<void> {
  if ((await readLockText(path, uid)) === text) await unlink(path).catch(() => {})
}

/**
 * Gateways that spell the path in another way, or have their temporary folder in `/tmp`, have other locks. One whose
 * folder is a third one is not seen: the place of the lock is Moltbot's.
 */
function areThereOthers({ path, uid }: LockPlace): boolean {
  return lockFolders(undefined, uid).some((folder) => {
    try {
      return readdirSync(folder).some((name) => lockName.test(name) && join(folder, name) !== path)
    } catch {
      return false // there is no such folder
    }
  })
}

function held(place: LockPlace): StateLock {
  let isHeld = true
  return {
    isHeld: () => isHeld,
    obstacle: null,
    path: place.path,
    async release() {
      isHeld = false
      await removeIfOurs(place)
    },
  }
}

function without({ path }: LockPlace, obstacle: string): StateLock {
  return { isHeld: () => false, obstacle, path, release: async () => {} }
}

function describeSelf(configPath: string): StateLockRecord {
  const { pid } = process
  const createdAt = new Date().toISOString()
  return process.platform === 'linux'
    ? { pid, createdAt, configPath, startTime: ownStartTime() }
    : { pid, createdAt, configPath }
}

/** Field 22, counted from behind the name, which may itself hold spaces (proc(5)). */
function ownStartTime(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
}

/** Why the folder is not safe to write to; null where it is, and then nobody else can enter it. */
function prepareFolder(folder: string): string | null {
  // Not its parents: a recursive mkdir accepts a planted link, and never ends where nothing can be made.
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const found = inspectLogFolder(folder)
  if (found.kind !== 'ours') return found.kind === 'unsafe' ? found.detail : 'it is gone'
  if (!found.isPrivate) chmodSync(folder, 0o700)
  return null
}
