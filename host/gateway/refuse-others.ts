import type { GatewayState } from '../../shared/gateway-state.ts'
import { ProblemError, problem } from '../../shared/problem.ts'

/** Throws where the gateway was not started from here: who started it stops it. */
export function refuseOthers(state: GatewayState, port: number): void {
  if (state.name === 'adopted') {
    throw new ProblemError(problem('GATEWAY_ADOPTED', { pid: state.pid, program: state.program }))
  }
  if (state.name !== 'foreign') return
  const { pid, program, user, problem: why } = state
  throw new ProblemError(pid === null ? why : problem('GATEWAY_FOREIGN', { port, pid, program, user }))
}
