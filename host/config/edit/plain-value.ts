import { isDeepStrictEqual } from 'node:util'
import type { ConfigNode, KeyPath } from '../config-tree.ts'

/** The plain value of a tree, as it is written: references stay. */
export function plainValue(node: ConfigNode): unknown {
  if (node.kind === 'array') return node.items.map(plainValue)
  if (node.kind === 'value') return node.value
  return Object.fromEntries([...node.entries].map(([name, item]) => [name, plainValue(item)]))
}

/** Each text, number, word, and empty object or list, with its key. */
export function* leavesOf(value: unknown, key: KeyPath = []): Generator<readonly [KeyPath, unknown]> {
  const isOpen = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  if (!isOpen) {
    yield [key, value]
    return
  }
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* leavesOf(item, [...key, index])
  else for (const [name, item] of Object.entries(value)) yield* leavesOf(item, [...key, name])
}

/** The keys whose values differ, or that only one of both has; a list that differs counts as one. */
export function changedKeys(before: unknown, after: unknown, key: KeyPath = []): KeyPath[] {
  // A section that came or went is named by its members.
  const [one, other] = [before ?? (isObject(after) ? {} : before), after ?? (isObject(before) ? {} : after)]
  if (!isObject(one) || !isObject(other)) return isDeepStrictEqual(one, other) ? [] : [key]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].flatMap((name) => changedKeys(own(one, name), own(other, name), [...key, name]))
}

function own(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
