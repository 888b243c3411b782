import { useMemo } from 'react'
import type { JobsView } from '../../../shared/jobs.ts'
import { useJobs } from '../jobs/jobs-store.ts'

const none: ReadonlySet<string> = new Set()
const kinds: ReadonlySet<string> = new Set(['app.download', 'gateway.install', 'gateway.switch'])

/** The jobs whose end the page of the updates tells in place. */
export function toldUpdates({ jobs }: Pick<JobsView, 'jobs'>): ReadonlySet<string> {
  return new Set(
    jobs
      .filter(({ kind, state }) => kinds.has(kind) && ['done', 'failed'].includes(state))
      .map(({ id }) => id),
  )
}

/** `isOpen`: the page is that of the updates. */
export function useToldUpdates(isOpen: boolean): ReadonlySet<string> {
  const jobs = useJobs((store) => store.view)
  return useMemo(() => (jobs && isOpen ? toldUpdates(jobs) : none), [jobs, isOpen])
}
