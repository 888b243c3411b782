import { useMemo } from 'react'
import { useJobs } from '../jobs/jobs-store.ts'
import { useBackups } from './backups-store.ts'
import { useFollowed } from './followed-jobs.ts'
import { toldJobs } from './told-jobs.ts'

const none: ReadonlySet<string> = new Set()

/** What `toldJobs` says of the stores, while the page of the backups is the one that is open. */
export function useToldJobs(isOpen: boolean): ReadonlySet<string> {
  const followed = useFollowed((store) => store.followed)
  const jobs = useJobs((store) => store.view)
  const last = useBackups((store) => store.view?.last ?? null)
  return useMemo(
    () => (isOpen && jobs ? toldJobs(jobs, followed, last) : none),
    [isOpen, jobs, followed, last],
  )
}
