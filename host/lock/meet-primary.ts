import { setTimeout as wait } from 'node:timers/promises'
import { isSameProcess, type ProcessTable } from '../processes/process-table.ts'
import { connectToSocket, type HostConnection } from '../transports/control-client.ts'
import type { LockHolder } from './host-lock.ts'

/** A host answers within a few ms; one that has just taken the lock may still be opening its socket. */
const answerLimitMs = 5_000

/**
 * Speaks to the host that holds the lock. Null where it does not answer: then it hangs or has just
 * ended.
 */
export async function meetPrimary(
  holder: LockHolder,
  table: Pick<ProcessTable, 'identify'>,
): Promise<HostConnection | null> {
  const until = performance.now() + answerLimitMs
  while (performance.now() < until && isSameProcess(table, holder)) {
    const connection = await connectToSocket(holder.socketPath, until - performance.now())
    if (connection) return connection
    await wait(50)
  }
  return null
}

/** Kills a host that holds the lock and does not answer. Its watchdog then ends what it supervised. */
export async function killHung(holder: LockHolder, table: Pick<ProcessTable, 'identify'>): Promise<void> {
  if (isSameProcess(table, holder)) process.kill(holder.pid, 'SIGKILL')
  while (isSameProcess(table, holder)) await wait(10)
}
