import type { ChecksView } from '../../../shared/checks.ts'
import { hostViewStore } from '../../parts/host-view-store.ts'

/** What doctor and audit found last. The page's places: `doctor`, `audit` and `mend`. */
export const useChecks = hostViewStore<ChecksView>()
