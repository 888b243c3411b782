import { createServer } from 'node:net'
import { loopback } from '../../shared/endpoints.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { portInUse } from '../processes/port-in-use.ts'
import type { ProcessTable } from '../processes/process-table.ts'

/** Null where 127.0.0.1:`port` can be listened on; else who holds it, or why not. Nothing is touched. */
export async function checkPort(
  port: number,
  table: Pick<ProcessTable, 'findListener'>,
): Promise<Problem | null> {
  const code = await tryListen(port)
  if (code === null) return null
  if (code !== 'EADDRINUSE') return problem('PORT_FORBIDDEN', { port, detail: code })
  return portInUse(port, table)
}

/** Null, or the system's error code. Binding is the only question whose answer is certain. */
function tryListen(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ host: loopback, port, exclusive: true }, () => server.close(() => resolve(null)))
  })
}
