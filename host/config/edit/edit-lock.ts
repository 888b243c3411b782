import { setTimeout as wait } from 'node:timers/promises'
import { takeHostLock } from '../../lock/host-lock.ts'
import { readBootId } from '../../processes/boot-id.ts'
import { openProcessTable } from '../../processes/open-process-table.ts'
import { sweepLockDrafts } from './sweep-lock-drafts.ts'

/** An edit takes milliseconds; whoever holds it longer hangs. */
const limitMs = 5_000
const pauseMs = 5

/** Edits of this process, one after the other; by the path they lock. */
const queues = new Map<string, Promise<unknown>>()

/**
 * Runs `work` while no other editor of ours, in any process, edits the file at `path`: between its last look
 * and its rename no one else's change can come and be lost. A killed editor's lock is taken over. Resolves
 * to null where another one holds it for too long. Rejects with the system's error.
 */
export function underEditLock<T>(path: string, work: () => Promise<T>): Promise<T | null> {
  const turn = (queues.get(path) ?? Promise.resolve()).then(() => locked(path, work))
  const settled = turn.catch(() => {})
  queues.set(path, settled)
  settled.then(() => {
    if (queues.get(path) === settled) queues.delete(path)
  })
  return turn
}

async function locked<T>(path: string, work: () => Promise<T>): Promise<T | null> {
  const table = openProcessTable()
  const identity = table.identify(process.pid)
  if (!identity) throw new Error('This process is not in the process table')
  const me = { ...identity, bootId: readBootId(), socketPath: '' }
  const lockPath = `${path}.lock`
  const end = performance.now() + limitMs
  for (;;) {
    const lock = await takeHostLock(lockPath, me, table)
    if (lock.kind === 'taken') {
      try {
        await sweepLockDrafts(lockPath, me, table)
        return await work()
      } finally {
        await lock.release()
      }
    }
    if (performance.now() > end) return null
    await wait(pauseMs + Math.random() * pauseMs)
  }
}
