import type { Server } from 'node:http'
import { portInUse } from '../../host/processes/port-in-use.ts'
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
  return { ok: false, ...(await portInUse(port, await processes())) }
}
