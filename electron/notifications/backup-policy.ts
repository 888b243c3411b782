import type { BackupsView } from '../../shared/backups.ts'
import type { JobsView } from '../../shared/jobs.ts'
import type { Problem } from '../../shared/problem.ts'

/** What is worth a person's attention about backups that nobody is looking at. */
export type BackupNotice =
  | { readonly kind: 'backupFailed'; readonly problem: Problem }
  | { readonly kind: 'backupOverdue'; readonly since: number }

/** What has been told already. */
export interface BackupMemory {
  /** Code of the last failure told; a scheduled backup is tried each hour, and fails alike. */
  readonly failure: string | null
  readonly overdueSince: number | null
  /** The newest job that ended, as far as it is known. */
  readonly lastEnded: string | null
}

export const startBackupMemory: BackupMemory = { failure: null, overdueSince: null, lastEnded: null }

export interface BackupStep {
  readonly memory: BackupMemory
  readonly notice: BackupNotice | null
}

/** A scheduled backup that failed is told of once, until one comes about. Who asked for one sees it there. */
export function onJobs(memory: BackupMemory, { jobs }: JobsView): BackupStep {
  const job = jobs.find(({ kind, state }) => kind === 'backup.create' && state !== 'running')
  if (!job || job.id === memory.lastEnded) return { memory, notice: null }
  const seen = { ...memory, lastEnded: job.id }
  if (job.state === 'done') return { memory: { ...seen, failure: null }, notice: null }
  const { problem } = job
  if (!job.scheduled || !problem || problem.code === memory.failure) return { memory: seen, notice: null }
  return { memory: { ...seen, failure: problem.code }, notice: { kind: 'backupFailed', problem } }
}

/** Told once for each time that one is missing. */
export function onBackups(memory: BackupMemory, { schedule }: BackupsView): BackupStep {
  const { overdueSince } = schedule
  if (overdueSince === memory.overdueSince) return { memory, notice: null }
  const notice = overdueSince === null ? null : ({ kind: 'backupOverdue', since: overdueSince } as const)
  return { memory: { ...memory, overdueSince }, notice }
}
