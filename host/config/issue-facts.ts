import type { Problem } from '../../shared/problem.ts'

/** What a problem of a configuration says of its place; null where it has none. */
export interface IssueFacts {
  readonly file: string
  readonly key: string
  readonly line: number | null
  readonly column: number | null
  /** Empty where the problem's code says all there is. */
  readonly detail: string
  readonly suggestion: string | null
}

/** The same members for each code, so that whoever lists problems need not know every one. */
export function issueFacts(found: Problem): IssueFacts {
  const facts: Readonly<Record<string, unknown>> = { ...found.params }
  const text = (name: string) => (typeof facts[name] === 'string' ? facts[name] : '')
  const number = (name: string) => (typeof facts[name] === 'number' ? facts[name] : null)
  return {
    file: text('path'),
    key: text('key'),
    line: number('line'),
    column: number('column'),
    detail: text('detail'),
    suggestion: text('suggestion') || null,
  }
}
