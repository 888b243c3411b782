import { type Problem, problem } from '../../../shared/problem.ts'
import { writeKey } from './key-path.ts'
import { leavesOf } from './plain-value.ts'

/** A whole text that drops more than half of the keys of the one before it: an empty answer, half a file. */
export function guardShrinking(path: string, before: unknown, after: unknown): Problem | null {
  const keysOf = (value: unknown) => new Set([...leavesOf(value)].map(([key]) => writeKey(key)))
  const [old, now] = [keysOf(before), keysOf(after)]
  const left = [...old].filter((key) => now.has(key)).length
  if (left * 2 >= old.size) return null
  return problem('CONFIG_SHRINKS', { path, before: old.size, after: left })
}
