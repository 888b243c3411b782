import { isDeepStrictEqual } from 'node:util'
import json5 from 'json5'
import type { KeyPath } from '../config-tree.ts'
import { indentOf, withFirst, withLast } from './insert-part.ts'
import { type Place, type PlacedNode, placeJson5 } from './place-json5.ts'
import { type PrintStyle, printJson5, printName } from './print-json5.ts'
import { withoutParts } from './without-parts.ts'

/**
 * The JSON5 text with `value` at `path`; every other byte stays, also comments, order, quotes and line ends.
 * Missing objects and lists on the way are made; an index behind the end of a list appends to it. Where one
 * object takes another's place, members that both have alike stay as they are written.
 * Throws where `path` leads through something that is neither object nor list.
 */
export function setInJson5(text: string, path: KeyPath, value: unknown): string {
  if (text.trim() === '') {
    const style: PrintStyle = { isQuoted: false, unit: '  ', hasLastComma: true }
    return `${text}${printJson5(nested(path, value), style, '\n')}\n`
  }
  const { root } = placeJson5(text)
  const way = walk(root, path)
  const { node, rest } = way
  if (rest.length > 0) return withNew(text, way, value)
  const edits = memberEdits(text, node, value)
  if (edits) return edits.reduce((edited, edit) => edit(edited, path), text)
  if (isDeepStrictEqual(json5.parse(text.slice(node.start, node.end)), value)) return text
  const indent = indentOf(text, way.start)
  const printed = printJson5(value, styleOf(text, way), indent)
  return text.slice(0, node.start) + printed + text.slice(node.end)
}

/** The text without what stands at `path`, under all of equal names; the same text where nothing does. */
export function removeFromJson5(text: string, path: KeyPath): string {
  const step = path.at(-1)
  if (step === undefined || text.trim() === '') return text
  const { node, rest } = walk(placeJson5(text).root, path.slice(0, -1))
  if (rest.length > 0) return text
  if (node.kind === 'object') {
    // All of them: with the last one gone, the one before it would count.
    return withoutParts(text, node, node.members, ({ name }) => name === String(step))
  }
  if (node.kind !== 'array') return text
  return withoutParts(text, node, node.items, (_, index) => index === Number(step))
}

/** What stands at `path` with its name: under all of equal names; empty where nothing does. */
export function partsAt(text: string, path: KeyPath): readonly Place[] {
  const step = path.at(-1)
  if (text.trim() === '') return []
  const { root } = placeJson5(text)
  if (step === undefined) return [root]
  const { node, rest } = walk(root, path.slice(0, -1))
  if (rest.length > 0 || node.kind === 'value') return []
  if (node.kind === 'object') return node.members.filter(({ name }) => name === String(step))
  return node.items.filter((_, index) => index === Number(step))
}

interface Way {
  /** The deepest thing of the path that is there; where it begins with its name; and what is missing. */
  readonly node: PlacedNode
  readonly start: number
  readonly rest: KeyPath
  /** What it stands in, from the outside in. */
  readonly around: readonly PlacedNode[]
}

function walk(root: PlacedNode, path: KeyPath): Way {
  let node = root
  let { start } = root
  const around: PlacedNode[] = []
  for (const [depth, step] of path.entries()) {
    const rest = path.slice(depth)
    let next: PlacedNode | undefined
    if (node.kind === 'object') {
      // The last of several equal names is the one that counts.
      const member = node.members.findLast(({ name }) => name === String(step))
      if (!member) return { node, start, rest, around }
      next = member.value
      start = member.start
    } else if (node.kind === 'array') {
      next = node.items[Number(step)]
      if (!next) return { node, start, rest, around }
      start = next.start
    } else return { node, start, rest, around }
    around.push(node)
    node = next
  }
  return { node, start, rest: [], around }
}

/** Above this, an object is printed anew: each edit is a look at the whole text. */
const maxEdits = 64

type Edit = (text: string, path: KeyPath) => string

/** What makes one object of another, member by member; null where it is not that. */
function memberEdits(text: string, node: PlacedNode, value: unknown): Edit[] | null {
  if (node.kind !== 'object' || !isObject(value)) return null
  const there: Readonly<Record<string, unknown>> = json5.parse(text.slice(node.start, node.end))
  const gone = Object.keys(there).filter((name) => !Object.hasOwn(value, name))
  // From behind, as each new one becomes the first.
  const changed = Object.keys(value)
    .filter((name) => !Object.hasOwn(there, name) || !isDeepStrictEqual(there[name], value[name]))
    .reverse()
  if (gone.length + changed.length > maxEdits) return null
  return [
    ...gone.map(
      (name): Edit =>
        (edited, path) =>
          removeFromJson5(edited, [...path, name]),
    ),
    ...changed.map(
      (name): Edit =>
        (edited, path) =>
          setInJson5(edited, [...path, name], value[name]),
    ),
  ]
}

function withNew(text: string, way: Way, value: unknown): string {
  const { node, rest } = way
  const [step, ...deeper] = rest
  const style = styleOf(text, way)
  const inner = nested(deeper, value)
  if (node.kind === 'object') {
    const print = (indent: string | null) =>
      `${printName(String(step), style)}: ${printJson5(inner, style, indent)}`
    return withFirst(text, node.start, node.members.length === 0, style.unit, print)
  }
  if (node.kind !== 'array') throw new Error(`${String(step)} cannot be set in what is not an object`)
  const last = node.items.at(-1)
  if (!last) {
    return withFirst(text, node.start, true, style.unit, (indent) => printJson5(inner, style, indent))
  }
  return withLast(text, last, (indent) => printJson5(inner, style, indent))
}

function styleOf(text: string, { node, around }: Way): PrintStyle {
  const objects = [...around, node].filter((part) => part.kind === 'object')
  const nearest = objects.findLast(({ members }) => members.length > 0)
  const first = objects[0]?.members[0]
  const indent = first && indentOf(text, first.start)?.replace(/^\r?\n/, '')
  return {
    isQuoted: nearest?.members.some(({ isQuoted }) => isQuoted) ?? false,
    unit: indent || '  ',
    hasLastComma: false,
  }
}

/** `value` inside the objects and lists that `path` asks for. */
function nested(path: KeyPath, value: unknown): unknown {
  return path.reduceRight<unknown>(
    (inner, step) => (typeof step === 'number' ? [inner] : Object.fromEntries([[step, inner]])),
    value,
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
