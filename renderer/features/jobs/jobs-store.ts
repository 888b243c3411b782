import type { JobsView } from '../../../shared/jobs.ts'
import { hostViewStore } from '../../parts/host-view-store.ts'

export const useJobs = hostViewStore<JobsView>()
