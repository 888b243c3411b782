import type { BackupsView } from '../../../shared/backups.ts'
import { hostViewStore } from '../../parts/host-view-store.ts'

export const useBackups = hostViewStore<BackupsView>()
