import { ProblemError, problem } from '../../shared/problem.ts'

/** The outcome of work that cannot be cut off itself; rejects with JOB_CANCELLED once nobody waits for it any more. */
export function unlessCancelled<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new ProblemError(problem('JOB_CANCELLED', {})))
    if (signal.aborted) return cancel()
    signal.addEventListener('abort', cancel, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel))
  })
}
