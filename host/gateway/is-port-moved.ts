import type { ProcessTable } from '../processes/process-table.ts'
import { checkPort } from './check-port.ts'
import { findLockHolder } from './find-lock-holder.ts'

interface PortQuestion {
  readonly port: number
  /** Of the process that stood in the way; null where it was not to be known. */
  readonly pid: number | null
  readonly configPath: string
  readonly table: Pick<ProcessTable, 'findListener' | 'holdsListener' | 'describe'>
}

/** The port is free, another process holds it by now, or the same one turns out to be a gateway for our state. */
export async function isPortMoved({ port, pid, configPath, table }: PortQuestion): Promise<boolean> {
  if (pid === null) return (await checkPort(port, table))?.code !== 'PORT_IN_USE_UNKNOWN'
  // Asked of the one process: looking for a listener among all is much dearer, and this is asked for days.
  if (!(await table.holdsListener(pid, port))) return true
  return (await findLockHolder({ configPath, table }))?.pid === pid
}
