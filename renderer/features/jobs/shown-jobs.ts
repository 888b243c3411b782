import type { Job, JobsView } from '../../../shared/jobs.ts'

/** A success is news for so long; a failure until it is put away or the same has gone well since. */
const newsMs = 10 * 60_000

/** The jobs that run, and how the last one ended while that is news. `now`: ms since 1970. */
export function shownJobs(
  { jobs }: Pick<JobsView, 'jobs'>,
  dismissed: string | null,
  now: number,
): { running: readonly Job[]; ended: Job | null } {
  const running = jobs.filter(({ state }) => state === 'running')
  const ended = jobs
    .filter(({ state }) => state !== 'running')
    .reduce<Job | null>((last, job) => ((job.endedAt ?? 0) > (last?.endedAt ?? 0) ? job : last), null)
  const isNews =
    ended && ended.id !== dismissed && (ended.state === 'failed' || now - (ended.endedAt ?? 0) < newsMs)
  return { running, ended: isNews ? ended : null }
}

/** Whole percents; null where the step counts nothing. */
export function percentOf({ done, total }: Pick<Job, 'done' | 'total'>): number | null {
  if (total === null || total <= 0) return null
  return Math.min(100, Math.floor((done / total) * 100))
}
