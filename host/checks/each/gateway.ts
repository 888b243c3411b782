import { ProblemError } from '../../../shared/problem.ts'
import { findLockHolder } from '../../gateway/find-lock-holder.ts'
import { type Check, type Found, found } from '../finding.ts'
import type { Ground } from '../ground.ts'

/** The gateway itself, where one should run. */
export const gatewayCheck: Check = {
  name: 'gateway',
  async look(ground) {
    const view = ground.knowledge.gateway()
    if (!view) return unattended(ground)
    const { state } = view
    switch (state.name) {
      case 'stopped':
        if (state.why !== 'requested') return []
        return [found('gatewayStopped', 'info', { at: state.since }, { isNote: true })]
      case 'failed':
        return [found('gatewayFailed', 'critical', { reason: state.problem.code })]
      case 'backingOff':
        return [found('gatewayFailed', 'warn', { reason: state.cause.code })]
      case 'degraded':
        return [unwell(state.why.code)]
      case 'foreign':
        return [unwell(state.problem.code)]
      case 'adopted':
      case 'serviceManaged':
        return state.unwell ? [unwell(state.unwell.code)] : []
      case 'running':
        return answered(ground)
      default:
        return []
    }
  },
}

async function unattended(ground: Ground): Promise<Found[]> {
  const { statePaths, table, tmpDir, uid } = ground
  // One that was started by hand or by a service is told by its lock.
  if (await findLockHolder({ configPath: statePaths.configPath, table, tmpDir, uid })) return []
  const chosen = await ground.port()
  if (!chosen.ok) return []
  return [found('gatewayUnattended', 'info', { port: chosen.port })]
}

async function answered({ knowledge }: Ground): Promise<Found[]> {
  try {
    const health = await knowledge.askHealth()
    return health?.ok === false ? [unwell('GATEWAY_UNWELL')] : []
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return [unwell(error.problem.code)]
  }
}

function unwell(reason: string): Found {
  return found('gatewayUnwell', 'warn', { reason })
}
