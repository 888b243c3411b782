import type { Stats } from 'node:fs'
import { link, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { fieldsOf, numberOf } from '../../../shared/loose-value.ts'
import { type Problem, problem } from '../../../shared/problem.ts'

export interface FileLock {
  /** Whether it was not taken from us as one that nobody holds any more. */
  isOurs(): Promise<boolean>
  release(): Promise<void>
}

export interface LockRequest {
  /** The lock is the file `<path>.lock`. */
  readonly path: string
  /** What it says, so that other programs can read whose it is. */
  readonly content: object
  /** Older than this, and its process is gone: nobody holds it. */
  readonly staleMs: number
  readonly waitMs?: number
}

const usualWaitMs = 10_000
const pollMs = 25
/** A process that holds it for so long has only the number of the one that took it. */
const forgottenMs = 30 * 60_000

/** Takes the lock that Moltbot's own programs take too; waits up to 10 s for it. Rejects with the system's error. */
export async function takeFileLock({
  path,
  content,
  staleMs,
  waitMs = usualWaitMs,
}: LockRequest): Promise<FileLock | Problem> {
  const lockPath = `${path}.lock`
  for (const until = Date.now() + waitMs; ; ) {
    const identity = await create(lockPath, content)
    if (identity !== null) return lockOf(lockPath, identity)
    if (await isAbandoned(lockPath, staleMs)) await removeAbandoned(lockPath, staleMs)
    else if (Date.now() > until) {
      return problem('SESSIONS_LOCKED', {
        path: lockPath,
        pid: await holderOf(lockPath),
        seconds: waitMs / 1_000,
      })
    } else await delay(pollMs)
  }
}

/** Null where there is one already. */
async function create(lockPath: string, content: object): Promise<string | null> {
  try {
    const file = await open(lockPath, 'wx', 0o600)
    try {
      await file.writeFile(JSON.stringify(content))
      return identityOf(await file.stat())
    } finally {
      await file.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw error
  }
}

async function isAbandoned(lockPath: string, staleMs: number): Promise<boolean> {
  const found = await stat(lockPath).catch(() => null)
  if (found === null) return false
  const ageMs = Date.now() - found.mtimeMs
  if (ageMs <= staleMs) return false
  return ageMs > forgottenMs || !isRunning(await holderOf(lockPath))
}

/** Two that wait may see the same old lock: whoever moves a new one away puts it back. */
async function removeAbandoned(lockPath: string, staleMs: number): Promise<void> {
  const aside = `${lockPath}.${process.pid}`
  try {
    await rename(lockPath, aside)
    const { mtimeMs } = await stat(aside)
    if (Date.now() - mtimeMs <= staleMs) await link(aside, lockPath)
  } catch {
    // another one was quicker
  } finally {
    await unlink(aside).catch(() => {})
  }
}

function lockOf(lockPath: string, identity: string): FileLock {
  const isOurs = async () => {
    const found = await stat(lockPath).catch(() => null)
    return found !== null && identityOf(found) === identity
  }
  return {
    isOurs,
    async release() {
      if (await isOurs()) await unlink(lockPath).catch(() => {})
    },
  }
}

async function holderOf(lockPath: string): Promise<number> {
  try {
    return numberOf(fieldsOf(JSON.parse(await readFile(lockPath, 'utf8'))).pid) ?? 0
  } catch {
    return 0
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The number of a file that is gone may be given to the next one; the moment of its writing is not. */
function identityOf({ dev, ino, mtimeMs }: Pick<Stats, 'dev' | 'ino' | 'mtimeMs'>): string {
  return [dev, ino, mtimeMs].join(' ')
}
