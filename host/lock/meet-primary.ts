import { setTimeout as wait } from 'node:timers/promises'
import { isSameProcess, type ProcessTable } from '../processes/process-table.ts'
import { connectToSocket, type HostConnection } from '../transports/control-client.ts'
import type { LockHolder } from './host-lock.ts'

/** A host answers within a few ms; one that has just taken the lock may still be opening its socket. */
const answerLimitMs = 5_000
const lookEveryMs = 50

export type Meeting =
  | { readonly kind: 'answers'; readonly connection: HostConnection }
  /** It accepts connections and says nothing: its thread is stuck. */
  | { readonly kind: 'hangs' }
  /** It lives, but its socket cannot be reached; that proves no hang. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'gone' }

/** Speaks to the host that holds the lock, while it does. The caller closes the connection. */
export async function meetPrimary(
  { socketPath }: LockHolder,
  stillHolds: () => Promise<boolean>,
): Promise<Meeting> {
  const until = performance.now() + answerLimitMs
  while (performance.now() < until && (await stillHolds())) {
    const met = await connectToSocket(socketPath, until - performance.now())
    if (met === 'silent') return { kind: (await stillHolds()) ? 'hangs' : 'gone' }
    if (met !== 'absent') return { kind: 'answers', connection: met }
    await wait(lookEveryMs)
  }
  return { kind: (await stillHolds()) ? 'unreachable' : 'gone' }
}

/** Kills a host that hangs. Its watchdog then ends what it supervised. */
export async function killHung(holder: LockHolder, table: Pick<ProcessTable, 'identify'>): Promise<void> {
  try {
    if (isSameProcess(table, holder)) process.kill(holder.pid, 'SIGKILL')
  } catch {
    // ended between the look and the signal
  }
  await untilNot(() => isSameProcess(table, holder), Number.POSITIVE_INFINITY)
}

/** Looks until `isSo` is no more; false where it still is after `limitMs`. */
export async function untilNot(isSo: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const until = performance.now() + limitMs
  while (await isSo()) {
    if (performance.now() > until) return false
    await wait(20)
  }
  return true
}
