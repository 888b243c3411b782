import type { RestorePreview } from '../../../shared/backup-results.ts'
import type { Job, JobsView } from '../../../shared/jobs.ts'
import type { Followed } from './followed-jobs.ts'

/**
 *  none ──► inspecting ──► preview ──► restoring ──► restored
 *              │    └────► unfit           └───────► failed, cancelled
 *              └─cancelled─► none
 */
export type RestoreStage =
  | { readonly name: 'none' }
  | { readonly name: 'inspecting' | 'restoring' | 'unfit' | 'ended'; readonly job: Job }
  | { readonly name: 'preview'; readonly job: Job; readonly preview: RestorePreview }

/** Where a restore has come to, from the host's jobs: the one begun here, else one that runs anyhow. */
export function restoreStage({ jobs }: Pick<JobsView, 'jobs'>, followed: Followed): RestoreStage {
  const find = (kind: 'backup.inspect' | 'backup.restore') =>
    jobs.find(({ id }) => id === followed[kind]?.id) ??
    jobs.find((job) => job.kind === kind && job.state === 'running')
  const restore = find('backup.restore')
  if (restore) return { name: restore.state === 'running' ? 'restoring' : 'ended', job: restore }
  const inspect = find('backup.inspect')
  if (!inspect || inspect.state === 'cancelled') return { name: 'none' }
  if (inspect.state === 'running') return { name: 'inspecting', job: inspect }
  return inspect.result?.kind === 'backup.inspect'
    ? { name: 'preview', job: inspect, preview: inspect.result.preview }
    : { name: 'unfit', job: inspect }
}
