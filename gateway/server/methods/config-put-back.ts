import { isDeepStrictEqual } from 'node:util'
import json5 from 'json5'
import type { KeyPath } from '../../../host/config/config-tree.ts'
import { writeKey } from '../../../host/config/edit/key-path.ts'
import { mapLeaves, maskWritten } from '../../../host/config/edit/mask-values.ts'
import { type Place, placeJson5 } from '../../../host/config/edit/place-json5.ts'
import { valueAt } from '../../../host/config/edit/value-at.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { hiddenSign, leavesIn, redactedComments, withReplaced } from './config-redact.ts'

/** What is there now. */
export interface Present {
  /** The first file; null where there is none. */
  readonly text: string | null
  /** All files, as written. */
  readonly written: unknown
  /** What was hidden in comments, too. */
  readonly secrets: readonly string[]
}

export type PutBack<Value> = { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & Problem)

/** A text that came back, with each sign of a hidden secret turned into what it hides; refused where none fits. */
export function putBackInText(text: string, present: Present): PutBack<string> {
  if (!text.includes(hiddenSign)) return { ok: true, value: text }
  const { root, comments } = placeJson5(text)
  const whole: unknown = json5.parse(text)
  const places: (Place & { readonly by: string })[] = []
  for (const { path, node } of leavesIn(root)) {
    const leaf: unknown = json5.parse(text.slice(node.start, node.end))
    if (typeof leaf !== 'string' || !leaf.includes(hiddenSign)) continue
    const meant = leaf === hiddenSign ? meantAt(path, whole, present.written) : undefined
    if (meant === undefined) return stray(path)
    places.push({ start: node.start, end: node.end, by: JSON.stringify(meant) })
  }
  const signed = comments.filter(({ start, end }) => text.slice(start, end).includes(hiddenSign))
  const hidden = hiddenComments(present)
  if (signed.length !== hidden.length && signed.length > 0) return stray(['comment'])
  places.push(...signed.map((place, index) => ({ ...place, by: hidden[index] ?? '' })))
  const value = withReplaced(text, places)
  return value.includes(hiddenSign) ? stray(['name']) : { ok: true, value }
}

/** The same in a value that is to stand at `path`. */
export function putBackInValue(value: unknown, path: KeyPath, written: unknown): PutBack<unknown> {
  let lost: KeyPath | null = null
  const result = mapLeaves(
    value,
    (leaf, at) => {
      if (typeof leaf !== 'string' || !leaf.includes(hiddenSign)) return leaf
      const meant = leaf === hiddenSign ? meantAt(at, nest(value, path), written) : undefined
      if (meant === undefined) lost ??= at
      return meant
    },
    path,
  )
  return lost ? stray(lost) : { ok: true, value: result }
}

function hiddenComments({ text, secrets }: Present): string[] {
  if (text === null || text.trim() === '') return []
  return redactedComments(text, placeJson5(text).comments, secrets).map(({ start, end }) =>
    text.slice(start, end),
  )
}

/** The text or number that a sign at `path` of `given` stands for: an item of a list is found again by the rest of it. */
function meantAt(path: KeyPath, given: unknown, written: unknown): string | number | undefined {
  const place: (string | number)[] = []
  for (const [depth, step] of path.entries()) {
    if (typeof step !== 'number') {
      place.push(step)
      continue
    }
    const index = sameItem(valueAt(given, path.slice(0, depth)), valueAt(written, place), step, place)
    if (index === null) return undefined
    place.push(index)
  }
  const meant = valueAt(written, place)
  return typeof meant === 'string' || typeof meant === 'number' ? meant : undefined
}

/** Which item of `old` the item `index` of `now` is; by place only where the whole list is as it was. */
function sameItem(now: unknown, old: unknown, index: number, path: KeyPath): number | null {
  if (!Array.isArray(now) || !Array.isArray(old)) return null
  const shown: unknown[] = old.map((item, at) => maskWritten(item, hiddenSign, [...path, at]))
  if (isDeepStrictEqual(shown, now)) return index
  const fitting = (fits: (item: unknown) => boolean) => {
    const found = [...shown.keys()].filter((at) => fits(shown[at]))
    return found.length === 1 ? (found[0] ?? null) : null
  }
  const item: unknown = now[index]
  const id = valueAt(item, ['id'])
  return (
    fitting((one) => isDeepStrictEqual(one, item)) ??
    (id === undefined ? null : fitting((one) => valueAt(one, ['id']) === id))
  )
}

function nest(value: unknown, path: KeyPath): unknown {
  return path.reduceRight<unknown>((inner, step) => Object.fromEntries([[step, inner]]), value)
}

function stray(path: KeyPath): { readonly ok: false } & Problem {
  return { ok: false, ...problem('CONFIG_SIGN_STRAY', { key: writeKey(path) }) }
}
