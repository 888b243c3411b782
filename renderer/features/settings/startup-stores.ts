import type { ServiceView } from '../../../shared/gateway-service.ts'
import type { LoginItemView } from '../../../shared/login-item.ts'
import { hostViewStore } from '../../parts/host-view-store.ts'

export const useLoginItem = hostViewStore<LoginItemView>()
export const useService = hostViewStore<ServiceView>()
