import type { ChannelsHealth } from '../channels/read-channels-health.ts'
import type { AgentsHealth } from './agents-health.ts'

/** What `health` says of the state folder; the members of the agents are missing until they were looked at. */
export type StateHealth = ChannelsHealth & Partial<AgentsHealth>

export const nothingKnown: StateHealth = { channels: {}, channelOrder: [], channelLabels: {} }

export interface StateHealthKeeper {
  /** What was found last, at once; begins another look where that is old. */
  known(): StateHealth
  /** The same; where it is old, the next look is waited for, but not for long. */
  current(): StateHealth | Promise<StateHealth>
  /** Looks now; for who asks for a probe. */
  look(): Promise<StateHealth>
}
