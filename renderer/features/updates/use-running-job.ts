import type { Job, JobKind } from '../../../shared/jobs.ts'
import { useJobs } from '../jobs/jobs-store.ts'

/** The job of these kinds that runs now. */
export function useRunningJob(...kinds: readonly JobKind[]): Job | undefined {
  return useJobs((store) =>
    store.view?.jobs.find(({ kind, state }) => state === 'running' && kinds.includes(kind)),
  )
}

/** Long work is under way: another one would be refused. */
export function useBusy(): boolean {
  return useJobs((store) => store.view?.jobs.some(({ state }) => state === 'running') ?? false)
}
