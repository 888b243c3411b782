import { canRestart, canStart, canStop, faceOf, type GatewayState } from '../../../shared/gateway-state.ts'
import type { Texts } from '../../../shared/wording/texts.ts'
import type { GatewayAct } from '../../commands.ts'

export type OfferedAct = { act: GatewayAct; label: string; isPrimary: boolean }

/** The buttons for a state, the most helpful first. */
export function offeredActs(t: Texts, state: GatewayState): OfferedAct[] {
  const offered: OfferedAct[] = []
  if (canStart(state)) offered.push({ act: 'start', label: startLabel(t, state), isPrimary: true })
  if (canRestart(state)) {
    offered.push({ act: 'restart', label: t('act.restart'), isPrimary: faceOf(state) === 'degraded' })
  }
  if (canStop(state)) offered.push({ act: 'stop', label: t('act.stop'), isPrimary: false })
  return offered
}

/** The one act for a place with room for one: what helps if something is wrong, else the opposite. */
export function mainAct(state: GatewayState): GatewayAct | null {
  if (canStart(state)) return 'start'
  if (faceOf(state) === 'degraded' && canRestart(state)) return 'restart'
  return canStop(state) ? 'stop' : null
}

function startLabel(t: Texts, state: GatewayState): string {
  if (faceOf(state) === 'failed') return t('act.startAgain')
  return state.name === 'backingOff' ? t('act.startNow') : t('act.start')
}
