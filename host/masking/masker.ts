import { ProblemError } from '../../shared/problem.ts'
import { createTextFinder, type TextFinder } from './find-texts.ts'
import { spellings } from './spellings.ts'

export interface Masker {
  text(text: string): string
  /** The very same value where nothing is found in it, else a copy with each text and name in it masked. */
  deep<T>(value: T): T
  /** What was thrown, with its problem or its words masked; the very same where nothing is found in it. */
  error(thrown: unknown): unknown
}

const mask = '***'

/** Text by text: written out as a whole, each answer would cost its length in memory once more. */
function isAnywhere(finder: TextFinder, value: unknown): boolean {
  if (typeof value === 'string') return finder.isIn(value)
  if (Array.isArray(value)) return value.some((item) => isAnywhere(finder, item))
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, item]) => finder.isIn(name) || isAnywhere(finder, item))
}

/** Replaces every value that `values` gives at that moment, in whatever spelling it turns up. */
export function createMasker(values: () => readonly string[]): Masker {
  let made: { readonly values: readonly string[]; readonly finder: TextFinder } | null = null
  function finderNow(): TextFinder {
    const now = values()
    if (made?.values !== now) made = { values: now, finder: createTextFinder(now.flatMap(spellings)) }
    return made.finder
  }

  function text(original: string): string {
    const spans = finderNow().find(original)
    let result = ''
    let done = 0
    for (const { from, to } of spans) {
      result += original.slice(done, from) + mask
      done = to
    }
    return done === 0 ? original : result + original.slice(done)
  }

  function copy(value: unknown): unknown {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(copy)
    if (typeof value !== 'object' || value === null) return value
    // Not by assignment, which would take a name `__proto__` for the prototype.
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [text(name), copy(item)]))
  }

  function deep<T>(value: T): T {
    // The copy has the same members; only texts in it differ.
    return isAnywhere(finderNow(), value) ? (copy(value) as T) : value
  }

  function error(thrown: unknown): unknown {
    if (thrown instanceof ProblemError) {
      const masked = deep(thrown.problem)
      return masked === thrown.problem ? thrown : new ProblemError(masked)
    }
    if (!(thrown instanceof Error)) return deep(thrown)
    const message = text(thrown.message)
    if (message === thrown.message) return thrown
    const masked = new Error(message)
    masked.stack = text(thrown.stack ?? '')
    return masked
  }

  return { text, deep, error }
}
