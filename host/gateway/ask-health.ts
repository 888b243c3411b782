import { type GatewayState, pidOf } from '../../shared/gateway-state.ts'
import type { GatewayHealth } from '../../shared/host-api.ts'
import { ProblemError, problem } from '../../shared/problem.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import { whoListens } from '../processes/who-listens.ts'

const healthLimitMs = 10_000

interface AskHealth {
  readonly state: GatewayState
  readonly port: number
  readonly table: Pick<ProcessTable, 'holdsListener' | 'findListener'>
  /** Read anew for each question, so that a changed token counts at once. */
  readToken(): Promise<string>
}

/**
 * Asks the gateway itself over its protocol. The token goes out only after the kernel has said that the
 * listener is the gateway of this state, our child or one that we watch: whoever else holds the port would
 * otherwise be handed it.
 */
export async function askHealth({ state, port, table, readToken }: AskHealth): Promise<GatewayHealth> {
  if (state.name === 'foreign') throw new ProblemError(state.problem)
  const pid = state.name === 'serviceManaged' ? await servicePid(state, port, table) : pidOf(state)
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
  const { requestHealth } = await import('../gateway-client/request-health.ts')
  const outcome = await requestHealth({ port, token: await readToken(), timeoutMs: healthLimitMs })
  if (!outcome.ok) throw new ProblemError({ code: outcome.code, params: outcome.params } as typeof outcome)
  return outcome.value
}

/** A service’s gateway may listen in another process than the unit’s first one: in one of this user’s, though. */
async function servicePid(
  state: Extract<GatewayState, { name: 'serviceManaged' }>,
  port: number,
  table: AskHealth['table'],
): Promise<number | null> {
  const listener = state.pid === null ? null : await whoListens(port, table)
  return listener?.kind === 'own' ? listener.process.pid : state.pid
}
