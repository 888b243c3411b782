import type { JsonValueNode } from '@croct/json5-parser'
import type { ConfigSource, KeyPath } from './config-tree.ts'

export interface Position {
  /** Both count from 1. */
  readonly line: number
  readonly column: number
}

/**
 * Where `at` is written in `source`: its key for a member of an object, else the value itself.
 * The parser that knows positions is loaded here and not before, since only an issue needs it.
 */
export async function locate(source: ConfigSource, at: KeyPath): Promise<Position> {
  const { JsonArrayNode, JsonObjectNode, JsonParser, JsonIdentifierNode } = await import(
    '@croct/json5-parser'
  )
  let node: JsonValueNode
  try {
    node = JsonParser.parse(source.text)
  } catch {
    return { line: 1, column: 1 } // the two parsers differ on rare texts; the key is still named
  }
  let start = node.location.start
  for (const step of at) {
    if (node instanceof JsonObjectNode) {
      // the last of two equal keys is the one that counts
      const property = node.properties.findLast(
        ({ key }) => (key instanceof JsonIdentifierNode ? key.token.value : key.value) === step,
      )
      if (!property) break
      start = property.key.location.start
      node = property.value
    } else if (node instanceof JsonArrayNode) {
      const item: JsonValueNode | undefined = node.elements[Number(step)]
      if (!item) break
      start = item.location.start
      node = item
    } else break
  }
  return { line: start.line, column: start.column }
}
