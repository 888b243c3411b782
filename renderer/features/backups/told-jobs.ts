import type { BackupsView } from '../../../shared/backups.ts'
import type { JobsView } from '../../../shared/jobs.ts'
import type { Followed } from './followed-jobs.ts'
import { restoreStage } from './restore-stage.ts'

/** Looks into a backup that somebody else asked for: only where they did can their preview be seen. */
export function foreignLooks({ jobs }: Pick<JobsView, 'jobs'>, followed: Followed): string[] {
  return jobs
    .filter(
      ({ id, kind, state }) => kind === 'backup.inspect' && state === 'done' && id !== followed[kind]?.id,
    )
    .map(({ id }) => id)
}

/** The jobs whose end the page of the backups tells in place: no need to say it beside it once more. */
export function toldJobs(
  jobs: Pick<JobsView, 'jobs'>,
  followed: Followed,
  last: BackupsView['last'],
): ReadonlySet<string> {
  const stage = restoreStage(jobs, followed)
  const failed = jobs.jobs.filter(({ id, kind, state }) => {
    if (state !== 'failed') return false
    return kind === 'backup.create' ? last?.problem : id === followed['backup.verify']?.id
  })
  return new Set([...(stage.name === 'none' ? [] : [stage.job.id]), ...failed.map(({ id }) => id)])
}
