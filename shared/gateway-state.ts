import type { z } from 'zod'
import type { gatewayStateSchema } from './gateway-state-schema.ts'

// Types and questions only: the schema stands apart, so that who merely asks loads no zod.
export type GatewayState = z.infer<typeof gatewayStateSchema>
export type GatewayStateName = GatewayState['name']

/** Which requests make sense now; menus, buttons and the command line all ask here. */
export function canStart(state: GatewayState): boolean {
  // Held, it starts by itself.
  if (state.name === 'stopped') return state.why !== 'held'
  if (state.name === 'serviceManaged') return state.phase === 'stopped' || state.phase === 'failed'
  return state.name === 'failed' || state.name === 'backingOff'
}

export function canStop(state: GatewayState): boolean {
  if (state.name === 'stopping') return state.next !== 'stay'
  if (state.name === 'serviceManaged') return state.phase === 'running' || state.phase === 'starting'
  if (state.name === 'adopted' || state.name === 'foreign') return false
  return state.name !== 'stopped' && state.name !== 'failed'
}

export function canRestart(state: GatewayState): boolean {
  if (state.name === 'serviceManaged') return state.phase === 'running'
  return state.name === 'running' || state.name === 'degraded'
}

/** The state in the words and shapes of ours: a service’s phase, and `running` for an adopted one. */
export type StateFace = Exclude<GatewayStateName, 'adopted' | 'serviceManaged'>

export function faceOf(state: GatewayState): StateFace {
  if (state.name === 'adopted') return state.unwell ? 'degraded' : 'running'
  if (state.name !== 'serviceManaged') return state.name
  return state.phase === 'running' && state.unwell ? 'degraded' : state.phase
}

/** A gateway serves, whoever started it. */
export function isUp(state: GatewayState): boolean {
  const face = faceOf(state)
  return face === 'running' || face === 'degraded'
}

/** Whose process is not our child: it is watched and shown, and no signal of ours ever reaches it. */
export function isOthers(
  state: GatewayState,
): state is Extract<GatewayState, { name: 'adopted' | 'serviceManaged' | 'foreign' }> {
  return state.name === 'adopted' || state.name === 'serviceManaged' || state.name === 'foreign'
}

/** The process id of our own child, where there is one. */
export function childPidOf(state: GatewayState): number | null {
  return isOthers(state) ? null : pidOf(state)
}

/** The process id, where there is a process, whoever started it. */
export function pidOf(state: GatewayState): number | null {
  return 'pid' in state ? state.pid : null
}
