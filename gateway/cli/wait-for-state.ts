import { faceOf, type GatewayState } from '../../shared/gateway-state.ts'
import type { GatewayView } from '../../shared/host-api.ts'
import type { CallOutcome, HostClient } from '../../shared/host-client.ts'
import { type Problem, problem } from '../../shared/problem.ts'

export type ServiceAction = 'start' | 'stop' | 'restart'

export type Waited =
  | { readonly kind: 'reached'; readonly view: GatewayView }
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** It may still come about: the host goes on. */
  | { readonly kind: 'late'; readonly view: GatewayView }
  | { readonly kind: 'refused'; readonly problem: Problem }

type Host = HostClient & { readonly closed: Promise<void> }

/** Asks for `action` and follows the host's events to its end. `onState` hears each new state. */
export async function waitForState(
  host: Host,
  action: ServiceAction,
  timeoutMs: number,
  onState: (state: GatewayState) => void,
): Promise<Waited> {
  const before = await host.call('host.snapshot')
  if (!before.ok) return { kind: 'refused', problem: before }
  const formerRun = runOf(before.value.gateway.state)
  let latest = before.value.gateway
  let isAsked = false

  return new Promise((resolve) => {
    const timer = setTimeout(() => finish({ kind: 'late', view: latest }), timeoutMs)
    // Ahead of the request, so that no change between it and its answer is missed.
    const unsubscribe = host.on('gateway.changed', look)
    host.closed.then(() => finish({ kind: 'refused', problem: { code: 'CONNECTION_LOST', params: {} } }))
    host.call(`gateway.${action}`).then((answer: CallOutcome<'gateway.start'>) => {
      isAsked = true
      if (answer.ok) look(answer.value)
      else finish({ kind: 'refused', problem: answer })
    })

    function look(view: GatewayView): void {
      if (view.revision >= latest.revision) latest = view
      onState(latest.state)
      // A state from before the request says nothing about its outcome.
      if (!isAsked) return
      const { state } = latest
      const found = whyNot(action, state)
      if (found) finish({ kind: 'failed', problem: found })
      else if (isReached(action, state, formerRun)) finish({ kind: 'reached', view: latest })
    }

    function finish(outcome: Waited): void {
      clearTimeout(timer)
      unsubscribe()
      resolve(outcome)
    }
  })
}

/** Why it does not come about, or null. */
function whyNot(action: ServiceAction, state: GatewayState): Problem | null {
  if (state.name === 'serviceManaged') {
    if (state.unwell?.code === 'SERVICE_MANAGER_FAILED') return state.unwell
    const { manager, unit, phase, unwell } = state
    return phase === 'failed' && action !== 'stop'
      ? (unwell ?? problem('GATEWAY_SERVICE_FAILED', { manager, unit }))
      : null
  }
  if (action === 'stop') return null
  return state.name === 'failed' || state.name === 'foreign' ? state.problem : null
}

function isReached(action: ServiceAction, state: GatewayState, formerRun: string | null): boolean {
  const face = faceOf(state)
  if (action === 'stop') return face === 'stopped' || face === 'failed'
  if (face !== 'running') return false
  return action === 'start' || runOf(state) !== formerRun
}

/** Another one after each start; of a service its process, which is another one as well. */
function runOf(state: GatewayState): string | null {
  if ('runId' in state) return state.runId
  return state.name === 'serviceManaged' && state.pid !== null ? `pid ${state.pid}` : null
}
