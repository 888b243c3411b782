import type { JsonObjectNode, JsonPropertyNode, JsonValueNode } from '@croct/json5-parser'
import type { ConfigSource, KeyPath } from './config-tree.ts'

export interface Position {
  /** Both count from 1. */
  readonly line: number
  readonly column: number
}

/** Several issues of one look share the work; the text never changes. */
const parsed = new WeakMap<ConfigSource, JsonValueNode>()

/**
 * Where `at` is written in `source`: its key for a member of an object, else the value itself.
 * The parser that knows positions is loaded here and not before, since only an issue needs it.
 */
export async function locate(source: ConfigSource, at: KeyPath): Promise<Position> {
  const { JsonArrayNode, JsonIdentifierNode, JsonObjectNode, JsonParser } = await import(
    '@croct/json5-parser'
  )
  let node = parsed.get(source)
  if (!node) {
    try {
      node = JsonParser.parse(source.text)
    } catch {
      return { line: 1, column: 1 } // the two parsers differ on rare texts; the key is still named
    }
    parsed.set(source, node)
  }
  const nameOf = ({ key }: JsonPropertyNode) =>
    key instanceof JsonIdentifierNode ? key.token.value : key.value
  let { start } = node.location
  for (const step of at) {
    if (node instanceof JsonObjectNode) {
      const property = lastNamed(node, step, nameOf)
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

/** The last of several equal keys is the one that counts. */
function lastNamed(
  node: JsonObjectNode,
  name: string | number,
  nameOf: (property: JsonPropertyNode) => string,
): JsonPropertyNode | undefined {
  return node.properties.findLast((property) => nameOf(property) === name)
}
