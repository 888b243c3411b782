import { ProblemError, problem } from '../../../shared/problem.ts'
import type { Outcome } from './archive-contract.ts'

/** What the work resolves to, or the problem that it threw; anything else is a fault of ours. */
export async function outcomeOf<T extends object>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, ...(await work()) }
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, ...error.problem }
    const detail = error instanceof Error ? error.message : String(error)
    return { ok: false, ...problem('INTERNAL', { detail }) }
  }
}
