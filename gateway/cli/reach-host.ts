import { homedir } from 'node:os'
import { resolveHostPaths } from '../../host/host-paths.ts'
import { readHolder } from '../../host/lock/host-lock.ts'
import { openProcessTable } from '../../host/processes/open-process-table.ts'
import { isSameProcess } from '../../host/processes/process-table.ts'
import { connectLimitMs, connectToHost, type HostConnection } from '../../host/transports/control-client.ts'
import type { Problem } from '../../shared/problem.ts'

export type ReachedHost =
  | { readonly ok: true; readonly host: HostConnection }
  | ({ readonly ok: false } & Problem<'HOST_NOT_RUNNING' | 'HOST_UNRESPONSIVE'>)

/** This user's running host. The caller closes the connection. */
export async function reachHost(): Promise<ReachedHost> {
  const paths = resolveHostPaths(process.env, homedir(), process.platform)
  const host = await connectToHost(paths)
  if (host) return { ok: true, host }
  const holder = await readHolder(paths.lockPath)
  if (holder && isSameProcess(openProcessTable(), holder)) {
    return {
      ok: false,
      code: 'HOST_UNRESPONSIVE',
      params: { pid: holder.pid, seconds: connectLimitMs / 1000 },
    }
  }
  return { ok: false, code: 'HOST_NOT_RUNNING', params: { socket: paths.socketPath } }
}
