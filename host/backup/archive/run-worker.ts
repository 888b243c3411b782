import { Worker } from 'node:worker_threads'
import type { WorkHooks } from './archive-contract.ts'

export type FromWorker<T> =
  | { readonly type: 'progress'; readonly at: Parameters<WorkHooks['progress']>[0] }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'end'; readonly outcome: T }
export type ToWorker = { readonly type: 'paused'; readonly isPaused: boolean }

export type WorkerEnd<T> =
  | { readonly kind: 'ended'; readonly outcome: T }
  | { readonly kind: 'cancelled' }
  /** It threw, ran out of memory, or went without a word. */
  | { readonly kind: 'died'; readonly detail: string }

/** A state that needs more than this to list is beyond what a desktop keeps. */
const heapLimitMb = 2048

/**
 * Runs one script in a thread of its own and resolves once that thread is gone, however it ended.
 * A cancel ends the thread at once: what it has left on the disk is for the caller to remove.
 */
export async function runWorker<T>(
  script: URL,
  order: unknown,
  hooks: WorkHooks & { readonly signal: AbortSignal },
  maxHeapMb = heapLimitMb,
): Promise<WorkerEnd<T>> {
  const { signal } = hooks
  if (signal.aborted) return { kind: 'cancelled' }
  const worker = new Worker(script, {
    workerData: order,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  })
  let end: WorkerEnd<T> | null = null
  let isPaused = false
  const resume = () => {
    if (!isPaused) return
    isPaused = false
    hooks.resume()
  }
  const cancel = () => {
    end ??= { kind: 'cancelled' }
    void worker.terminate()
  }
  signal.addEventListener('abort', cancel, { once: true })
  worker.on('message', (message: FromWorker<T>) => {
    if (end) return
    switch (message.type) {
      case 'progress':
        return hooks.progress(message.at)
      case 'pause':
        isPaused = true
        void hooks
          .pause()
          .catch(() => false)
          .then((answer) => worker.postMessage({ type: 'paused', isPaused: answer } satisfies ToWorker))
        return
      case 'resume':
        return resume()
      case 'end':
        end = { kind: 'ended', outcome: message.outcome }
    }
  })
  return new Promise((resolve) => {
    worker.on('error', (error) => {
      end ??= { kind: 'died', detail: error instanceof Error ? error.message : String(error) }
    })
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', cancel)
      resume()
      resolve(end ?? { kind: 'died', detail: `the thread ended with code ${code}` })
    })
  })
}
