import { setTimeout as wait } from 'node:timers/promises'
import { isSameProcess, type ProcessIdentity, type ProcessTable } from '../processes/process-table.ts'

const graceMs = 500
const lookEveryMs = 20
/** A process in the kernel's hands (state D) takes no signal; nobody waits for it for ever. */
const rounds = 8

/**
 * Ends every process whose environment proves that it is ours: TERM, half a second, KILL. Looks again
 * until none is left, since one may have started another meanwhile, for at most about 4 s. Returns those
 * it found.
 */
export async function endMarked(
  table: ProcessTable,
  mark: string,
  value: string,
): Promise<readonly ProcessIdentity[]> {
  const ended: ProcessIdentity[] = []
  for (let round = 0; round < rounds; round++) {
    const found = await table.findByEnvironment(mark, value)
    if (found.length === 0) break
    ended.push(...found.filter((one) => !ended.some((known) => known.pid === one.pid)))
    signalAll(table, found, 'SIGTERM')
    for (
      let waited = 0;
      waited < graceMs && found.some((one) => isSameProcess(table, one));
      waited += lookEveryMs
    ) {
      await wait(lookEveryMs)
    }
    signalAll(table, found, 'SIGKILL')
    await wait(lookEveryMs)
  }
  return ended
}

function signalAll(
  table: ProcessTable,
  found: readonly ProcessIdentity[],
  name: 'SIGTERM' | 'SIGKILL',
): void {
  for (const identity of found) {
    if (!isSameProcess(table, identity)) continue
    try {
      process.kill(identity.pid, name)
    } catch {
      // ended between the look and the signal
    }
  }
}
