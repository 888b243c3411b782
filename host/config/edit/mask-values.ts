import type { KeyPath } from '../config-tree.ts'
import { isSensitiveKey } from '../schema/sensitive-keys.ts'
import { referencesIn } from '../substitute.ts'
import { holdsSecret } from './secret-guard.ts'
import { valueAt } from './value-at.ts'

/** A copy of `value` in which `map` has the last word over each text and number; `path` is where it stands. */
export function mapLeaves(
  value: unknown,
  map: (leaf: string | number, path: KeyPath) => unknown,
  path: KeyPath = [],
): unknown {
  if (typeof value === 'string' || typeof value === 'number') return map(value, path)
  if (Array.isArray(value)) return value.map((item, index) => mapLeaves(item, map, [...path, index]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, mapLeaves(item, map, [...path, name])]),
  )
}

/** As written: references stay, secrets themselves do not. */
export function maskWritten(written: unknown, sign: string, path: KeyPath = []): unknown {
  return mapLeaves(written, (leaf, at) => (hidesSecret(at, leaf) ? sign : leaf), path)
}

/** Whether a value as written is more than whoever only looks may see: a secret, or an address with one in it. */
export function hidesSecret(path: KeyPath, leaf: unknown): boolean {
  return holdsSecret(path, leaf) || (typeof leaf === 'string' && /:\/\/[^\s/:@]*:[^\s/@$]+@/.test(leaf))
}

/** In force: what a secret's key holds goes, and what a reference that `isHidden` names has put into another. */
export function maskInForce(
  inForce: unknown,
  written: unknown,
  isHidden: (name: string) => boolean,
  sign: string,
): unknown {
  return mapLeaves(inForce, (leaf, path) => {
    if (isSensitiveKey(path) || hidesSecret(path, leaf)) return sign
    const source = valueAt(written, path)
    return typeof source === 'string' && referencesIn(source).some(isHidden) ? sign : leaf
  })
}
