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

interface Finders {
  readonly values: readonly string[]
  readonly plain: TextFinder
  /** As `plain`, and as those look when a text with one of them was written as JSON once more. */
  readonly inJson: TextFinder
}

/** Replaces every value that `values` gives at that moment, in whatever spelling it turns up. */
export function createMasker(values: () => readonly string[]): Masker {
  let made: Finders | null = null
  function finders(): Finders {
    const now = values()
    if (made?.values === now) return made
    const forms = now.flatMap(spellings)
    const written = forms.map((form) => JSON.stringify(form).slice(1, -1))
    made = { values: now, plain: createTextFinder(forms), inJson: createTextFinder([...forms, ...written]) }
    return made
  }

  function text(original: string): string {
    const { plain } = finders()
    const spans = plain.find(original)
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
    if (typeof value === 'string') return text(value) as T & string
    const written = JSON.stringify(value)
    if (written === undefined || !finders().inJson.isIn(written)) return value
    // The copy has the same members; only texts in it differ.
    return copy(value) as T
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
