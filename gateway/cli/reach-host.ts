import { homedir } from 'node:os'
import { resolveHostPaths } from '../../host/host-paths.ts'
import { connectToHost, type HostConnection } from '../../host/transports/control-client.ts'
import type { Problem } from '../../shared/problem.ts'

export type ReachedHost =
  | { readonly ok: true; readonly host: HostConnection }
  | ({ readonly ok: false } & Problem<'HOST_NOT_RUNNING'>)

/** This user's running host. The caller closes the connection. */
export async function reachHost(): Promise<ReachedHost> {
  const paths = resolveHostPaths(process.env, homedir(), process.platform)
  const host = await connectToHost(paths)
  if (host) return { ok: true, host }
  return { ok: false, code: 'HOST_NOT_RUNNING', params: { socket: paths.socketPath } }
}
