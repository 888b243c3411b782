import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcessTable } from './process-table.ts'

/** Who holds 127.0.0.1:`port`; `user` is empty where not even that can be told. */
export async function portInUse(
  port: number,
  table: Pick<ProcessTable, 'findListener'>,
): Promise<Problem<'PORT_IN_USE' | 'PORT_IN_USE_UNKNOWN'>> {
  const listener = await table.findListener(port)
  if (listener?.kind !== 'process')
    return problem('PORT_IN_USE_UNKNOWN', { port, user: listener?.user ?? '' })
  const { pid, program, user, startedAt } = listener.process
  return problem('PORT_IN_USE', { port, pid, program, user, startedAt })
}
