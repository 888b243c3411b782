import type { UpdatesView } from '../../../shared/updates.ts'
import { hostViewStore } from '../../parts/host-view-store.ts'

export const useUpdates = hostViewStore<UpdatesView>()
