import { readChannelsHealth } from '../channels/read-channels-health.ts'
import type { SessionState } from '../sessions/session-state.ts'
import { readAgentsHealth } from './agents-health.ts'
import type { StateHealth } from './state-health.ts'

/** Looks at configuration, credentials and the lists of sessions, and contacts nobody. */
export async function readStateHealth(state: SessionState): Promise<StateHealth> {
  const [channels, agents] = await Promise.all([readChannelsHealth(state), readAgentsHealth(state)])
  return { ...channels, ...agents }
}
