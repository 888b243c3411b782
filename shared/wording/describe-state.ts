import { faceOf, type GatewayState } from '../gateway-state.ts'
import { describeProblem } from './describe-problem.ts'
import { formatDuration } from './format.ts'
import { type Language, textsIn } from './texts.ts'

/** The state in one line: `Running`, `for 2 h 14 min`. `now`: ms since 1970. */
export function describeState(
  language: Language,
  state: GatewayState,
  now: number,
): { word: string; reason: string } {
  return { word: textsIn(language)(`state.word.${faceOf(state)}`), reason: reasonOf(language, state, now) }
}

function reasonOf(language: Language, state: GatewayState, now: number): string {
  const t = textsIn(language)
  switch (state.name) {
    case 'stopped':
      return t(`state.reason.${state.why}`)
    case 'starting':
      return t(`state.stage.${state.stage}`)
    case 'running':
      return t('state.reason.forDuration', { duration: formatDuration(language, now - state.since) })
    case 'degraded':
      return describeProblem(language, state.why).why
    case 'stopping':
      return t(`state.reason.next.${state.next}`)
    case 'backingOff':
      return t('state.reason.inDuration', {
        duration: formatDuration(language, wholeSeconds(state.until - now)),
      })
    case 'failed':
    case 'foreign':
      return describeProblem(language, state.problem).why
    case 'adopted':
      return state.unwell ? describeProblem(language, state.unwell).why : t('state.reason.adopted')
    case 'serviceManaged':
      return state.unwell
        ? describeProblem(language, state.unwell).why
        : t('state.reason.service', { manager: state.manager })
  }
}

/** Rounded up: a countdown that shows 0 s has not ended yet. */
export function wholeSeconds(ms: number): number {
  return Math.ceil(ms / 1000) * 1000
}
