import { problem } from '../../shared/problem.ts'
import { end } from './entering.ts'
import type { SupervisorFigures } from './figures.ts'
import type { Moment, SupervisorState, Transition } from './state.ts'

/**
 * A probe got no reply: three in a row are worth a warning, fifteen silent seconds mean that the
 * process hangs. A gateway that has just started, or a machine that has just woken, is given time.
 */
export function judgeSilence(state: SupervisorState, now: Moment, figures: SupervisorFigures): Transition {
  const { gateway } = state
  if (gateway.name !== 'running' && gateway.name !== 'degraded') return { state, effects: [] }
  const silentMs = now.mono - state.lastReplyAt
  const inGrace = now.mono < state.graceUntil || now.mono - state.startedAt < figures.startGraceMs
  if (silentMs >= figures.hungAfterMs && !inGrace) {
    const why = problem('GATEWAY_HUNG', { seconds: Math.round(silentMs / 1000) })
    return end(state, gateway.pid, 'backOff', why, now, figures, {
      do: 'note',
      kind: 'gatewayHung',
      problem: why,
      evidence: { pid: gateway.pid, silentMs: Math.round(silentMs), misses: state.misses },
    })
  }
  if (gateway.name === 'running' && state.misses >= figures.missesUntilDegraded) {
    const why = problem('GATEWAY_MISSED_PROBES', { misses: state.misses })
    return {
      state: { ...state, gateway: { ...gateway, name: 'degraded', why } },
      effects: [
        {
          do: 'note',
          kind: 'gatewayDegraded',
          problem: why,
          evidence: { pid: gateway.pid, silentMs: Math.round(silentMs) },
        },
      ],
    }
  }
  return { state, effects: [] }
}
