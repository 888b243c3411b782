import { access, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { type Problem, problem } from '../../shared/problem.ts'
import { version } from '../../shared/version.ts'
import type { Clock } from '../clock.ts'
import type { StatePaths } from '../config/state-paths.ts'
import type { JobEnd, JobHandle } from '../jobs/job-board.ts'
import { createArchive, type Lock, type Opening, readArchive } from './archive/archive-work.ts'
import { type BackupFolder, deleteOlder, freeName, prepareFolder } from './backup-folder.ts'
import type { Supervised } from './supervised.ts'
import { swapPlaces } from './swap/swap-places.ts'

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
  /** The new one's path among those made so far, of which `keep` stay; null leaves all. */
  readonly keeping: { readonly keep: number; readonly made: readonly string[] } | null
  readonly gateway: Supervised
}

/** Makes one backup, reads it back, and deletes those that are too many. */
export async function makeBackup(order: BackupOrder, job: JobHandle): Promise<JobEnd> {
  const { clock, paths, folder, gateway, opening } = order
  const cutOff = await whyHalf(paths.stateDir)
  if (cutOff) return { ok: false, ...cutOff }
  const unusable = await prepareFolder(folder, paths.stateDir)
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
      deleted: order.keeping ? await deleteOlder([...order.keeping.made, path], order.keeping.keep) : [],
      verified: opening !== null,
    },
  }
}

/** Half of two states is nothing to keep, and would push better backups out. */
async function whyHalf(stateDir: string): Promise<Problem | null> {
  const { journal } = swapPlaces(stateDir)
  return access(journal).then(
    () => problem('RESTORE_INTERRUPTED', { path: stateDir, detail: `${journal} is there` }),
    () => null,
  )
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
