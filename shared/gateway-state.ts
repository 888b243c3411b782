import type { z } from 'zod'
import type { gatewayStateSchema } from './gateway-state-schema.ts'

// Types and questions only: the schema stands apart, so that who merely asks loads no zod.
export type GatewayState = z.infer<typeof gatewayStateSchema>
export type GatewayStateName = GatewayState['name']

/** Which requests make sense now; menus, buttons and the command line all ask here. */
export function canStart(state: GatewayState): boolean {
  // Held, it starts by itself.
  if (state.name === 'stopped') return state.why !== 'held'
  return state.name === 'failed' || state.name === 'backingOff'
}

export function canStop(state: GatewayState): boolean {
  if (state.name === 'stopping') return state.next !== 'stay'
  return state.name !== 'stopped' && state.name !== 'failed'
}

export function canRestart(state: GatewayState): boolean {
  return state.name === 'running' || state.name === 'degraded'
}

/** The process id, where there is a process. */
export function pidOf(state: GatewayState): number | null {
  return 'pid' in state ? state.pid : null
}
