import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import type { StoreLook, StoreOutcome } from './secret-store.ts'

/** The value of an outcome that went well; throws the problem of one that did not. */
export function given<T>(outcome: StoreOutcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new ProblemError(problemIn(outcome))
}

export function refuse(found: Problem | null): void {
  if (found) throw new ProblemError(found)
}

/** The problem alone, without what an outcome adds to it. */
export function problemIn(outcome: { readonly ok: false } & Problem): Problem {
  return { code: outcome.code, params: outcome.params } as Problem
}

/** A store took a value, and gave this back. */
export function notWritten(name: string, read: string | null): Problem {
  return problem('SECRET_NOT_WRITTEN', { name, detail: read === null ? 'null' : '≠' })
}

/** What an answer says about the store as a whole; null where it says nothing about it. */
export function lookOf(outcome: StoreOutcome<unknown>): StoreLook | null {
  if (outcome.ok) return { state: 'ready', problem: null }
  const state = stateOf(outcome.code)
  return state && { state, problem: problemIn(outcome) }
}

function stateOf(code: Problem['code']): StoreLook['state'] | null {
  switch (code) {
    case 'KEYCHAIN_ABSENT':
      return 'absent'
    case 'KEYCHAIN_LOCKED':
    case 'SEALED_FILE_LOCKED':
      return 'locked'
    case 'KEYCHAIN_DENIED':
      return 'denied'
    case 'KEYCHAIN_FAILED':
    case 'SEALED_FILE_UNREADABLE':
      return 'failed'
    default:
      return null
  }
}
