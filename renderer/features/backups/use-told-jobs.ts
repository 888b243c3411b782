import { useMemo } from 'react'
import { useJobs } from '../jobs/jobs-store.ts'
import { useBackups } from './backups-store.ts'
import { useFollowed } from './followed-jobs.ts'
import { foreignLooks, toldJobs } from './told-jobs.ts'

const none: ReadonlySet<string> = new Set()

/** The jobs whose end is not to be told beside the page. `isOpen`: the page is that of the backups. */
export function useToldJobs(isOpen: boolean): ReadonlySet<string> {
  const followed = useFollowed((store) => store.followed)
  const jobs = useJobs((store) => store.view)
  const last = useBackups((store) => store.view?.last ?? null)
  return useMemo(() => {
    if (!jobs) return none
    return new Set([...foreignLooks(jobs, followed), ...(isOpen ? toldJobs(jobs, followed, last) : [])])
  }, [isOpen, jobs, followed, last])
}
