import type { SessionState } from '../../sessions/session-state.ts'
import type { MethodServices } from '../method-services.ts'

/** With the configuration that is in force now. */
export function sessionStateOf({ config, stateDir, home }: MethodServices): SessionState {
  return { config: config.current().config, stateDir, home }
}
