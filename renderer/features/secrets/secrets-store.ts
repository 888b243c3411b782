import type { SecretsView } from '../../../shared/secrets.ts'
import { hostViewStore } from '../../parts/host-view-store.ts'

/** Names and places only: no value is ever in here. */
export const useSecrets = hostViewStore<SecretsView>()
