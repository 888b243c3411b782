import { isTest, type Outcome } from '../../build/test/tally.ts'

/** What a run of the guard's spec showed. */
export type SpecResult = 'green' | 'red' | { readonly unusable: string } | { readonly skipped: string }

/**
 * Red only counts where a test said so: a module that cannot be loaded tells nothing about the guard.
 */
export function judge(outcomes: readonly Outcome[]): SpecResult {
  const failed = outcomes.filter((outcome) => outcome.result === 'failed')
  const unloadable = failed.find(({ name }) => !isTest(name))
  if (unloadable !== undefined) return { unusable: unloadable.detail }
  if (failed.length > 0) return 'red'
  if (outcomes.some(({ result }) => result === 'passed')) return 'green'
  const skip = outcomes.find((outcome) => outcome.result === 'skipped')
  return skip?.result === 'skipped' ? { skipped: skip.reason } : { unusable: 'no test ran' }
}
