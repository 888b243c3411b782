import { faceOf, type GatewayState } from '../../shared/gateway-state.ts'
import { glyphOf, type Shape, shapeOf } from '../../shared/state-shape.ts'
import { describeProblem } from '../../shared/wording/describe-problem.ts'
import { formatDayAndTime } from '../../shared/wording/format.ts'
import { type Language, textsIn } from '../../shared/wording/texts.ts'
import { oneLine } from '../one-line.ts'
import type { TrayModel } from './tray-model.ts'

/** Characters; a menu wider than this covers half a screen. */
const longest = 110

/** Before the host has opened, the application itself is starting. */
export function shapeIn({ gateway }: TrayModel): Shape {
  return gateway ? shapeOf[faceOf(gateway.state)] : 'starting'
}

/**
 * The state in one line: `● Running · since 22 Nov, 09:12`. A menu stays as it is until the state
 * changes, so it names moments, never durations, which would grow stale in it.
 */
export function stateLine(model: TrayModel): string {
  return `${glyphOf[shapeIn(model)]} ${stateWords(model)}`
}

/** Why it is not well, in one line; null where there is nothing to say. */
export function reasonLine({ gateway, language }: TrayModel): string | null {
  if (!gateway) return null
  const { state } = gateway
  switch (state.name) {
    case 'degraded':
      return oneLine(describeProblem(language, state.why).why, longest)
    case 'backingOff':
      return oneLine(describeProblem(language, state.cause).why, longest)
    case 'failed':
    case 'foreign':
      return oneLine(describeProblem(language, state.problem).why, longest)
    case 'adopted':
    case 'serviceManaged':
      return state.unwell ? oneLine(describeProblem(language, state.unwell).why, longest) : null
    case 'starting':
      return state.pace === 'normal' ? null : textsIn(language)('state.pace.slow')
    case 'stopped':
    case 'running':
    case 'stopping':
      return null
  }
}

export function trayTooltip(model: TrayModel): string {
  const lines = [`Moltbot: ${stateWords(model)}`]
  const reason = reasonLine(model)
  if (reason) lines.push(reason)
  if (model.updateVersion) lines.push(updateLine(model.language, model.updateVersion))
  return lines.join('\n')
}

function updateLine(language: Language, version: string): string {
  return oneLine(textsIn(language)('tray.update', { version }), longest)
}

function stateWords({ gateway, language }: TrayModel): string {
  const t = textsIn(language)
  if (!gateway) return t('tray.opening')
  const word = t(`state.word.${faceOf(gateway.state)}`)
  const more = detailOf(gateway.state, language)
  return more ? t('tray.state', { word, more }) : word
}

function detailOf(state: GatewayState, language: Language): string | null {
  const t = textsIn(language)
  switch (state.name) {
    case 'running':
      return t('tray.since', { at: formatDayAndTime(language, state.since) })
    case 'stopped':
      return t(`state.reason.${state.why}`)
    case 'stopping':
      return t(`state.reason.next.${state.next}`)
    case 'adopted':
      return t('state.reason.adopted')
    case 'serviceManaged':
      return t('state.reason.service', { manager: state.manager })
    case 'starting':
    case 'degraded':
    case 'backingOff':
    case 'failed':
    case 'foreign':
      return null
  }
}
