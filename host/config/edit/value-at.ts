import type { KeyPath } from '../config-tree.ts'

/** What stands at `path` of a plain value; undefined where nothing does. */
export function valueAt(root: unknown, path: KeyPath): unknown {
  let value = root
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = Object.getOwnPropertyDescriptor(value, step)?.value
  }
  return value
}

/** A copy of `root` in which `value` stands at `path`: what an edit of the text must mean. */
export function withValue(root: unknown, [step, ...rest]: KeyPath, value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(root) || (root === undefined && typeof step === 'number')) {
    const items: unknown[] = Array.isArray(root) ? [...root] : []
    items[Number(step)] = withValue(items[Number(step)], rest, value)
    return items
  }
  // Not by assignment, which would take a key `__proto__` for the prototype.
  const entries = new Map(isObject(root) ? Object.entries(root) : [])
  entries.set(String(step), withValue(entries.get(String(step)), rest, value))
  return Object.fromEntries(entries)
}

/** A copy of `root` without what stands at `path`. */
export function withoutValue(root: unknown, [step, ...rest]: KeyPath): unknown {
  if (step === undefined) return undefined
  if (Array.isArray(root)) {
    const index = Number(step)
    if (rest.length === 0) return root.filter((_, at) => at !== index)
    return root.map((item, at) => (at === index ? withoutValue(item, rest) : item))
  }
  if (!isObject(root)) return root
  const entries = Object.entries(root).filter(([name]) => rest.length > 0 || name !== String(step))
  return Object.fromEntries(
    entries.map(([name, item]) => [name, name === String(step) ? withoutValue(item, rest) : item]),
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
