import { exitCode } from '../../shared/exit-codes.ts'
import { pidOf } from '../../shared/gateway-state.ts'
import type { GatewayView } from '../../shared/host-api.ts'
import { describeState } from '../../shared/wording/describe-state.ts'
import { formatDuration } from '../../shared/wording/format.ts'
import { createProgress } from './progress.ts'
import { reachHost } from './reach-host.ts'
import { failWith, sayJson, sayLine } from './tell.ts'
import { type ServiceAction, waitForState } from './wait-for-state.ts'

export interface ServiceChange {
  readonly action: ServiceAction
  readonly isJson: boolean
  readonly timeoutMs: number
}

const results = { start: 'started', stop: 'stopped', restart: 'restarted' } as const

/** Asks the host for the change and waits until it has come about; resolves to the exit code. */
export async function changeService({ action, isJson, timeoutMs }: ServiceChange): Promise<number> {
  const reached = await reachHost()
  if (!reached.ok) {
    const { changeServiceAlone } = await import('./startup/service-alone.ts')
    return (await changeServiceAlone(action, isJson, timeoutMs)) ?? failWith(reached, isJson)
  }
  const { host } = reached
  const progress = createProgress(process.stderr, !isJson)
  try {
    const outcome = await waitForState(host, action, timeoutMs, (state) => {
      progress.show(describeState('en', state, Date.now()).word)
    })
    progress.clear()
    switch (outcome.kind) {
      case 'refused':
        return failWith(outcome.problem, isJson)
      case 'failed':
        return failWith(outcome.problem, isJson)
      case 'late':
        return sayLate(outcome.view, isJson, timeoutMs)
      case 'reached':
        return sayReached(action, outcome.view, isJson)
    }
  } finally {
    progress.clear()
    host.close()
  }
}

function sayReached(action: ServiceAction, view: GatewayView, isJson: boolean): number {
  const { state, port } = view
  if (isJson) sayJson({ ok: true, action, result: results[action], state, pid: pidOf(state), port })
  else if (action === 'stop' && state.name === 'serviceManaged') {
    sayLine(
      `The service ${state.unit} is stopped. Your next session starts it again; so does: moltbot service start`,
    )
  } else if (action === 'stop') sayLine('The gateway is stopped. It stays stopped until you start it.')
  else if (state.name === 'adopted') {
    sayLine(
      `A gateway runs already (${state.program}, pid ${state.pid}, port ${port}). It is only watched from here.`,
    )
  } else sayLine(`The gateway is running (pid ${pidOf(state)}, port ${port}).`)
  return exitCode.done
}

function sayLate(view: GatewayView, isJson: boolean, timeoutMs: number): number {
  const { word, reason } = describeState('en', view.state, Date.now())
  const message =
    `Not done after ${formatDuration('en', timeoutMs)}: the gateway is in the state "${word}" (${reason}). ` +
    'The host goes on; see: moltbot service status'
  if (isJson) sayJson({ ok: false, result: 'timeout', state: view.state, message })
  else sayLine(message)
  return exitCode.failed
}
