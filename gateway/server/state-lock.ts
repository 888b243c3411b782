import { lstatSync } from 'node:fs'
import { chmod, mkdir, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { inspectLogFolder } from '../../host/config/log-folder.ts'
import { writeFileAtomically } from '../../host/files/atomic-write.ts'
import {
  readHeldLock,
  readLockText,
  type StateLockRecord,
  stateLockPath,
} from '../../host/gateway/find-lock-holder.ts'
import { openProcessTable } from '../../host/processes/open-process-table.ts'
import type { Logger } from '../log/logger.ts'

export interface StateLock {
  /** Removes the lock if it is still this gateway's. Never rejects. */
  release(): Promise<void>
}

/**
 * Says in the file that every Moltbot looks for that this process runs on this configuration. Best effort:
 * what stands in the way is left as it is and logged, and the gateway runs without. Never rejects.
 */
export async function holdStateLock(configPath: string, logger: Pick<Logger, 'warn'>): Promise<StateLock> {
  const uid = process.getuid?.() ?? -1
  const path = stateLockPath(configPath, tmpdir(), uid)
  const text = JSON.stringify(describeSelf(configPath))
  try {
    const obstacle = (await prepareFolder(dirname(path))) ?? (await findObstacle(path, uid))
    if (obstacle === null) {
      await writeFileAtomically(path, text)
      return { release: () => removeIfOurs(path, text, uid) }
    }
    warn(obstacle)
  } catch (error) {
    warn((error as NodeJS.ErrnoException).code ?? String(error))
  }
  return { release: async () => {} }

  function warn(detail: string): void {
    logger.warn('Other programs cannot see that this gateway runs on this state', { path, detail })
  }
}

function describeSelf(configPath: string): StateLockRecord {
  const { pid } = process
  const createdAt = new Date().toISOString()
  if (process.platform !== 'linux') return { pid, createdAt, configPath }
  return { pid, createdAt, configPath, startTime: Number(openProcessTable().identify(pid)?.startTime) }
}

/** Why the folder is not safe to write to; null where it is, and then nobody else can enter it. */
async function prepareFolder(folder: string): Promise<string | null> {
  // Not its parents: a recursive mkdir accepts a planted link, and never ends where nothing can be made.
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const found = inspectLogFolder(folder)
  if (found.kind !== 'ours') return found.kind === 'unsafe' ? found.detail : 'it is gone'
  if (!found.isPrivate) await chmod(folder, 0o700)
  return null
}

/** Why the lock may not be written over; a dead gateway's may. */
async function findObstacle(path: string, uid: number): Promise<string | null> {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats) return null
  if (!stats.isFile() || stats.uid !== uid) return 'something that is no lock of this user stands there'
  const held = await readHeldLock(path, uid, openProcessTable())
  return held && `another gateway, ${held.holder.program} (pid ${held.holder.pid}), holds it`
}

async function removeIfOurs(path: string, text: string, uid: number): Promise<void> {
  if ((await readLockText(path, uid)) === text) await unlink(path).catch(() => {})
}
