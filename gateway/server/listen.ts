import type { Server } from 'node:http'
import type { ProcessTable } from '../../host/processes/process-table.ts'
import { loopback } from '../../shared/endpoints.ts'
import type { Problem } from '../../shared/problem.ts'

export type ListenOutcome = { readonly ok: true } | ({ readonly ok: false } & Problem)

/** Listens on 127.0.0.1 only, or says who is in the way. */
export async function listen(
  server: Server,
  port: number,
  processes: () => Promise<Pick<ProcessTable, 'findListener'>>,
): Promise<ListenOutcome> {
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve)
    server.listen({ port, host: loopback, exclusive: true }, () => {
      server.off('error', resolve)
      resolve(null)
    })
  })
  if (!error) return { ok: true }
  if (error.code !== 'EADDRINUSE') {
    return { ok: false, code: 'PORT_FORBIDDEN', params: { port, detail: error.code ?? error.message } }
  }
  const listener = await (await processes()).findListener(port)
  if (listener?.kind !== 'process') {
    return { ok: false, code: 'PORT_IN_USE_UNKNOWN', params: { port, user: listener?.user ?? 'unknown' } }
  }
  const { pid, program, user, startedAt } = listener.process
  return { ok: false, code: 'PORT_IN_USE', params: { port, pid, program, user, startedAt } }
}
