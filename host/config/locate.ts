import type { ConfigSource, KeyPath } from './config-tree.ts'
import { type PlacedMember, type PlacedNode, placeJson5 } from './edit/place-json5.ts'

export interface Position {
  /** Both count from 1; the column in UTF-16 units. */
  readonly line: number
  readonly column: number
}

/** Several issues of one look share the work; the text never changes. */
const placed = new WeakMap<ConfigSource, PlacedNode | null>()

/** Where `at` is written in `source`: its key for a member of an object, else the value itself. */
export function locate(source: ConfigSource, at: KeyPath): Position {
  const root = placedIn(source)
  if (!root) return { line: 1, column: 1 } // the scanner and the parser differ on a rare text; the key is named
  let node: PlacedNode = root
  let { start } = root
  for (const step of at) {
    if (node.kind === 'object') {
      // The last of several equal keys is the one that counts.
      const member: PlacedMember | undefined = node.members.findLast(({ name }) => name === step)
      if (!member) break
      start = member.start
      node = member.value
    } else if (node.kind === 'array') {
      const item: PlacedNode | undefined = node.items[Number(step)]
      if (!item) break
      start = item.start
      node = item
    } else break
  }
  return positionOf(source.text, start)
}

/** Where everything stands in a text that the parser accepted; null where only that one can read it. */
export function placedIn(source: ConfigSource): PlacedNode | null {
  const known = placed.get(source)
  if (known !== undefined) return known
  let node: PlacedNode | null = null
  try {
    node = placeJson5(source.text).root
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  placed.set(source, node)
  return node
}

const lineBreak = /\r\n|[\n\r\u2028\u2029]/g

/** The place of an offset, as an editor counts. */
export function positionOf(text: string, offset: number): Position {
  let line = 1
  let lineStart = text.startsWith('\ufeff') ? 1 : 0
  for (const { index, 0: mark } of text.slice(0, offset).matchAll(lineBreak)) {
    line += 1
    lineStart = index + mark.length
  }
  return { line, column: Math.max(1, offset - lineStart + 1) }
}
