import type { Server } from 'node:http'
import { portInUse } from '../../host/processes/port-in-use.ts'
import type { ProcessTable } from '../../host/processes/process-table.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { ServerSettings } from './settings.ts'

export type ListenOutcome = { readonly ok: true } | ({ readonly ok: false } & Problem)

/** Listens on one of the settings' addresses, or says who or what is in the way. */
export async function listen(
  server: Server,
  address: string,
  { port, bind }: Pick<ServerSettings, 'port' | 'bind'>,
  processes: () => Promise<Pick<ProcessTable, 'findListener'>>,
): Promise<ListenOutcome> {
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve)
    server.listen({ port, host: address, exclusive: true }, () => {
      server.off('error', resolve)
      resolve(null)
    })
  })
  if (!error) return { ok: true }
  const detail = error.code ?? error.message
  if (error.code === 'EADDRNOTAVAIL') {
    return { ok: false, ...problem('BIND_UNAVAILABLE', { mode: bind, address, detail }) }
  }
  if (error.code !== 'EADDRINUSE') return { ok: false, ...problem('PORT_FORBIDDEN', { port, detail }) }
  return { ok: false, ...(await portInUse(port, await processes())) }
}
