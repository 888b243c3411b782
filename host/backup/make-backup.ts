import { rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { version } from '../../shared/version.ts'
import type { Clock } from '../clock.ts'
import type { StatePaths } from '../config/state-paths.ts'
import type { JobEnd, JobHandle } from '../jobs/job-board.ts'
import { createArchive, type Lock, type Opening, readArchive } from './archive/archive-work.ts'
import { type BackupFolder, deleteOlder, freeName, prepareFolder } from './backup-folder.ts'
import type { Supervised } from './supervised.ts'

export interface BackupOrder {
  readonly clock: Clock
  readonly paths: StatePaths
  readonly workDir: string
  readonly folder: BackupFolder
  readonly lock: Lock
  /** To read the new backup with; null where this machine cannot. */
  readonly opening: Opening | null
  /** Null: they cannot be read now. The state is worth keeping all the same, and the result says so. */
  readonly secrets: Readonly<Record<string, string>> | null
  /** How many stay; null leaves all. */
  readonly keep: number | null
  readonly gateway: Supervised
}

/** Makes one backup, reads it back, and deletes those that are too many. */
export async function makeBackup(order: BackupOrder, job: JobHandle): Promise<JobEnd> {
  const { clock, paths, folder, gateway, opening } = order
  const unusable = await prepareFolder(folder)
  if (unusable) return { ok: false, ...unusable }
  const { wall } = clock.now()
  const pause = pausing(gateway, clock)
  const created = await createArchive(
    {
      ...paths,
      workDir: order.workDir,
      folder: folder.path,
      name: await freeName(folder.path, wall),
      lock: order.lock,
      secrets: order.secrets ?? {},
      madeBy: version,
      machine: hostname(),
      createdAt: wall,
    },
    { signal: job.signal, progress: job.at, pause: pause.begin, resume: pause.end },
  ).finally(pause.end)
  if (!created.ok) return created

  const { path } = created
  if (opening) {
    const proof = await readArchive(
      { path, opening },
      { ...quietHooks, signal: job.signal, progress: job.at },
    )
    // What cannot be read back is no backup, and must not be taken for one.
    if (!proof.ok) {
      await rm(path, { force: true })
      return proof
    }
  }
  job.setCancellable(false)
  const unread = order.secrets === null ? [{ path: 'secrets', why: 'unreadable' as const }] : []
  return {
    ok: true,
    result: {
      kind: 'backup.create',
      path,
      fileBytes: created.fileBytes,
      files: created.files,
      bytes: created.bytes,
      consistency: created.consistency,
      pausedMs: pause.tookMs(),
      skipped: [...created.skipped, ...unread],
      deleted: order.keep === null ? [] : await deleteOlder(folder.path, order.keep),
      verified: opening !== null,
    },
  }
}

/** Reading asks for no pause. */
export const quietHooks = { pause: async () => false, resume: () => {} }

function pausing(gateway: Supervised, clock: Clock) {
  let since: number | null = null
  let took = 0
  return {
    async begin(): Promise<boolean> {
      if (!gateway.isOurs()) return false
      since = clock.now().mono
      await gateway.hold()
      return true
    },
    end(): void {
      if (since === null) return
      took = clock.now().mono - since
      since = null
      gateway.release()
    },
    tookMs: () => Math.round(took),
  }
}
