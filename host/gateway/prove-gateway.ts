import { type GatewayState, pidOf } from '../../shared/gateway-state.ts'
import { ProblemError, problem } from '../../shared/problem.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import { whoListens } from '../processes/who-listens.ts'

/** A gateway that the host knows of, and what may be said to it. */
export interface KnownGateway {
  readonly state: GatewayState
  readonly port: number
  readonly table: Pick<ProcessTable, 'holdsListener' | 'findListener'>
  /** Read anew for each question, so that a changed token counts at once. */
  readToken(): Promise<string>
}

/**
 * Throws its problem unless the kernel says that the listener is the gateway of this state, our child or one that
 * we watch. The token goes out only after this: whoever else holds the port would otherwise be handed it.
 */
export async function proveGateway({ state, port, table }: Omit<KnownGateway, 'readToken'>): Promise<void> {
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
}

/** A service’s gateway may listen in another process than the unit’s first one: in one of this user’s, though. */
async function servicePid(
  state: Extract<GatewayState, { name: 'serviceManaged' }>,
  port: number,
  table: KnownGateway['table'],
): Promise<number | null> {
  const listener = state.pid === null ? null : await whoListens(port, table)
  return listener?.kind === 'own' ? listener.process.pid : state.pid
}
