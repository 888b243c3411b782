import type { TerminalsView } from '../../../shared/terminals.ts'
import { hostViewStore } from '../../parts/host-view-store.ts'

/** What the host says of terminals: whether there may be any, and where. */
export const useTerminals = hostViewStore<TerminalsView>()
