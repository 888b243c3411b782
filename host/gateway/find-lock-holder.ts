import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, readdir, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { ProcessDetails, ProcessTable } from '../processes/process-table.ts'
import { namesOf } from '../processes/user-name.ts'

/** What a gateway writes about itself while it runs. */
export interface StateLockRecord {
  readonly pid: number
  /** ISO 8601, by the wall clock. */
  readonly createdAt: string
  readonly configPath: string
  /** Field 22 of /proc/<pid>/stat; only a gateway on Linux says it. */
  readonly startTime?: number | undefined
}

export interface LockQuestion {
  readonly configPath: string
  /** Where the folders of the locks are; else this process's own temporary folder, and /tmp. */
  readonly tmpDir?: string | undefined
  readonly uid?: number | undefined
  readonly table: Pick<ProcessTable, 'describe'>
}

const limitBytes = 64 * 1024
/** How much later than its lock a process may seem to have started: its start is known to the second. */
const startSlackMs = 10_000
export const lockName = /^gateway\.[0-9a-f]{8}\.lock$/

/** The lock of a gateway that runs on this configuration, as every Moltbot names it. */
export function stateLockPath(configPath: string, tmpDir: string, uid: number): string {
  const hash = createHash('sha1').update(configPath).digest('hex').slice(0, 8)
  return join(tmpDir, `moltbot-${uid}`, `gateway.${hash}.lock`)
}

/**
 * The process that runs a gateway on this configuration, whatever its port and whoever started it, by the
 * lock that it holds; null where none does. Nothing in those files is believed but what the system
 * confirms: the process lives, is this user's, is the one that wrote the lock, and is not this one.
 * Every lock is looked at, since the name is made of the path as that gateway spelled it.
 */
export async function findLockHolder(question: LockQuestion): Promise<ProcessDetails | null> {
  const { configPath, table } = question
  const uid = question.uid ?? process.getuid?.() ?? -1
  const wanted = await realPathOf(configPath)
  for (const folder of lockFolders(question.tmpDir, uid)) {
    for (const name of await lockNames(folder, uid)) {
      const held = await readHeldLock(join(folder, name), uid, table)
      if (!held) continue
      // A path is only followed for a process that lives: a stale lock may name a share that is gone.
      const { record, holder } = held
      if (record.configPath === configPath || (await realPathOf(record.configPath)) === wanted) return holder
    }
  }
  return null
}

/** The lock in this file with the living process that holds it; null where there is none. */
export async function readHeldLock(
  path: string,
  uid: number,
  table: Pick<ProcessTable, 'describe'>,
): Promise<{ readonly record: StateLockRecord; readonly holder: ProcessDetails } | null> {
  const record = parseRecord(await readLockText(path, uid))
  if (!record || record.pid === process.pid) return null
  const holder = await table.describe(record.pid)
  if (!holder || !hasWritten(holder, record) || !(await namesOf(uid)).includes(holder.user)) return null
  return { record, holder }
}

/** The text of a lock that this user wrote; null for anything else that stands in its place. Never waits. */
export async function readLockText(path: string, uid: number): Promise<string | null> {
  const { O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants
  try {
    await using file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
    const stats = await file.stat()
    const { size } = stats
    if (!stats.isFile() || stats.uid !== uid || stats.nlink !== 1 || size > limitBytes) return null
    // One more than was seen: a file that grows meanwhile is not whole.
    const { bytesRead, buffer } = await file.read(Buffer.alloc(size + 1), 0, size + 1, 0)
    return bytesRead === size ? buffer.toString('utf8', 0, size) : null
  } catch {
    return null
  }
}

/** Every lock of this user on this machine, whatever it is for and whether anybody holds it. */
export async function lockFiles(tmpDir: string | undefined, uid: number): Promise<string[]> {
  const found: string[] = []
  for (const folder of lockFolders(tmpDir, uid)) {
    for (const name of await lockNames(folder, uid)) found.push(join(folder, name))
  }
  return found
}

/** `clawdbot-` is what versions before the renaming call it. */
export function lockFolders(tmpDir: string | undefined, uid: number): string[] {
  // A service has another temporary folder than a session whose TMPDIR is set.
  const parents = tmpDir === undefined ? new Set([tmpdir(), '/tmp']) : [tmpDir]
  return [...parents].flatMap((parent) =>
    ['moltbot', 'clawdbot'].map((name) => join(parent, `${name}-${uid}`)),
  )
}

async function lockNames(folder: string, uid: number): Promise<string[]> {
  try {
    const stats = await lstat(folder)
    if (!stats.isDirectory() || stats.uid !== uid) return []
    return (await readdir(folder)).filter((name) => lockName.test(name))
  } catch {
    return []
  }
}

/** Null for anything but the text of a lock. */
export function parseRecord(text: string | null): StateLockRecord | null {
  try {
    const found: unknown = JSON.parse(text ?? 'null')
    return isRecord(found) ? found : null
  } catch {
    return null
  }
}

function isRecord(found: unknown): found is StateLockRecord {
  if (typeof found !== 'object' || found === null) return false
  const { pid, createdAt, configPath, startTime } = found as Record<keyof StateLockRecord, unknown>
  if (!Number.isSafeInteger(pid) || Number(pid) <= 0) return false
  if (typeof createdAt !== 'string' || typeof configPath !== 'string') return false
  return startTime === undefined || typeof startTime === 'number'
}

/** Whether it is the process that wrote the lock, and not one that was given its pid later. */
export function hasWritten(holder: ProcessDetails, { startTime, createdAt }: StateLockRecord): boolean {
  if (startTime !== undefined) return holder.startTime === String(startTime)
  return holder.startedAt <= Date.parse(createdAt) + startSlackMs
}

/** Without links; the path as it is where the folder cannot be followed. The file itself may be missing. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    return realpath(dirname(path)).then(
      (folder) => join(folder, basename(path)),
      () => path,
    )
  }
}
