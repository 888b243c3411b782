import type { GatewayState } from '../../shared/gateway-state.ts'
import type { GatewayView } from '../../shared/host-api.ts'
import type { CallOutcome, HostClient } from '../../shared/host-client.ts'
import type { Problem } from '../../shared/problem.ts'

export type ServiceAction = 'start' | 'stop' | 'restart'

export type Waited =
  | { readonly kind: 'reached'; readonly view: GatewayView }
  | { readonly kind: 'failed'; readonly state: Extract<GatewayState, { name: 'failed' }> }
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
      if (state.name === 'failed' && action !== 'stop') finish({ kind: 'failed', state })
      else if (isReached(action, state, formerRun)) finish({ kind: 'reached', view: latest })
    }

    function finish(outcome: Waited): void {
      clearTimeout(timer)
      unsubscribe()
      resolve(outcome)
    }
  })
}

function isReached(action: ServiceAction, state: GatewayState, formerRun: string | null): boolean {
  if (action === 'stop') return state.name === 'stopped' || state.name === 'failed'
  if (state.name !== 'running') return false
  return action === 'start' || state.runId !== formerRun
}

function runOf(state: GatewayState): string | null {
  return 'runId' in state ? state.runId : null
}
