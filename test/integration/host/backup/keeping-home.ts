import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { BackupsOwner } from '../../../../host/backup/backups.ts'
import type { Supervised } from '../../../../host/backup/supervised.ts'
import { systemClock } from '../../../../host/clock.ts'
import { resolveStatePaths } from '../../../../host/config/state-paths.ts'
import { resolveHostPaths } from '../../../../host/host-paths.ts'
import { JobBoard } from '../../../../host/jobs/job-board.ts'
import { openSecrets } from '../../../../host/secrets/open-secrets.ts'
import type { Job } from '../../../../shared/jobs.ts'
import type { Problem } from '../../../../shared/problem.ts'
import { until } from '../../../fixtures/host-under-test.ts'

/** A gateway that is nobody's: nothing runs, and nothing is wanted, unless a spec says otherwise. */
export const atRest: Supervised = {
  isOurs: () => false,
  isWanted: () => false,
  hold: async () => {},
  release: () => {},
  findOther: async () => null,
  proveHealth: async () => null,
}

interface Opening {
  readonly gateway?: Partial<Supervised>
  /** What judges the files after a swap. */
  readonly checkConfig?: () => Promise<Problem | null>
  /** Path in the host's folder to a bus with a keychain; without one there is none. */
  readonly env?: NodeJS.ProcessEnv
}

/** Backups, secrets and jobs on folders of their own, as a host composes them, in this process. */
export function keepingHomes() {
  const folders: string[] = []
  const closing: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()))
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-keeping-')))
    folders.push(folder)
    const env = {
      MOLTBOT_STATE_DIR: join(folder, 'state'),
      MOLTBOT_HOST_DIR: join(folder, 'host'),
      MOLTBOT_KEYCHAIN: 'none',
    }
    for (const path of ['state', 'host']) mkdirSync(join(folder, path), { mode: 0o700 })
    const hostPaths = resolveHostPaths(env, folder, process.platform)
    const statePaths = resolveStatePaths(env, folder)
    const noted: string[] = []

    async function open({ gateway = {}, checkConfig = async () => null, env: more = {} }: Opening = {}) {
      const note = (kind: string) => void noted.push(kind)
      const secrets = await openSecrets({
        env: { ...env, ...more },
        nodePath: process.execPath,
        hostPaths,
        statePaths,
        clock: systemClock,
        changed: () => {},
        note,
      })
      const jobs = new JobBoard(systemClock, () => {})
      const backups = await BackupsOwner.open({
        clock: systemClock,
        hostPaths,
        statePaths,
        jobs,
        gateway: { ...atRest, ...gateway },
        secrets,
        checkConfig,
        interrupted: () => {},
        changed: () => {},
        note,
      })
      closing.push(async () => {
        await Promise.all([jobs.close(), secrets.close()])
        await backups.settled()
      })
      /** The job as it ended. */
      const end = async (id: string): Promise<Job> => {
        const find = () => jobs.view.jobs.find((job) => job.id === id)
        await until(() => find()?.state !== 'running', 'the job to end', 20_000)
        const job = find()
        if (!job) throw new Error('The job is gone')
        return job
      }
      return { secrets, jobs, backups, end }
    }
    return { folder, ...statePaths, ...hostPaths, noted, open }
  }
}

export function pathOf({ result, problem }: Job): string {
  if (result?.kind !== 'backup.create') throw new Error(`no backup: ${JSON.stringify(problem)}`)
  return result.path
}
