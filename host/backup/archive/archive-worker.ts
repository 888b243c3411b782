import { parentPort, workerData } from 'node:worker_threads'
import type { ArchiveOrder, Outcome, WorkHooks } from './archive-contract.ts'
import { compareWithState } from './compare-with-state.ts'
import { createBackup } from './create-backup.ts'
import { extractBackup } from './extract-backup.ts'
import { outcomeOf } from './outcome-of.ts'
import { readBackup } from './read-backup.ts'
import type { FromWorker, ToWorker } from './run-worker.ts'

/** Nobody reads a progress bar faster. */
const progressEveryMs = 100

/** The thread in which one piece of work on a backup is done. */
const port = parentPort
if (!port) throw new Error('This script runs in a worker thread.')

const send = (message: FromWorker<Outcome<object>>) => port.postMessage(message)
let toldAt = Number.NEGATIVE_INFINITY
let told = { step: '', done: 0 }

const hooks: WorkHooks = {
  progress(at) {
    const now = performance.now()
    const isNews = at.step !== told.step || (at.done === at.total && at.done !== told.done)
    if (!isNews && now - toldAt < progressEveryMs) return
    toldAt = now
    told = at
    send({ type: 'progress', at })
  },
  pause() {
    return new Promise((resolve) => {
      port.once('message', ({ isPaused }: ToWorker) => resolve(isPaused))
      send({ type: 'pause' })
    })
  },
  resume() {
    send({ type: 'resume' })
  },
}

send({ type: 'end', outcome: await outcomeOf(() => perform(workerData as ArchiveOrder)) })
port.close()

function perform(order: ArchiveOrder): Promise<object> {
  switch (order.kind) {
    case 'create':
      return createBackup(order.request, order.run, hooks)
    case 'read':
      return readBackup(order.request, hooks)
    case 'compare':
      return compareWithState(order.request, hooks)
    case 'extract':
      return extractBackup(order.request, hooks)
  }
}
