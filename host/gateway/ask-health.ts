import { type GatewayState, pidOf } from '../../shared/gateway-state.ts'
import type { GatewayHealth } from '../../shared/host-api.ts'
import { ProblemError, problem } from '../../shared/problem.ts'
import { requestHealth } from '../gateway-client/request-health.ts'
import type { ProcessTable } from '../processes/process-table.ts'

const healthLimitMs = 10_000

interface AskHealth {
  readonly state: GatewayState
  readonly port: number
  readonly table: Pick<ProcessTable, 'holdsListener' | 'findListener'>
  /** Read anew for each question, so that a changed token counts at once. */
  readToken(): Promise<string>
}

/**
 * Asks the gateway itself over its protocol. The token goes out only after the kernel has said that
 * the listener is our child: whoever else holds the port would otherwise be handed it.
 */
export async function askHealth({ state, port, table, readToken }: AskHealth): Promise<GatewayHealth> {
  const pid = pidOf(state)
  if (pid === null) throw new ProblemError(problem('GATEWAY_NOT_RUNNING', { state: state.name }))
  if (!(await table.holdsListener(pid, port))) {
    const listener = await table.findListener(port)
    if (listener?.kind !== 'process') {
      throw new ProblemError(
        problem('GATEWAY_UNREACHABLE', { url: `ws://127.0.0.1:${port}`, detail: 'it does not listen yet' }),
      )
    }
    const { pid: other, program } = listener.process
    throw new ProblemError(problem('GATEWAY_NOT_OURS', { port, pid: other, program }))
  }
  const outcome = await requestHealth({ port, token: await readToken(), timeoutMs: healthLimitMs })
  if (!outcome.ok) throw new ProblemError({ code: outcome.code, params: outcome.params } as typeof outcome)
  return outcome.value
}
