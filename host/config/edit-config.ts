import type { JsonObjectNode, JsonPropertyNode, SourceLocation } from '@croct/json5-parser'

/**
 * The JSON5 text with `gateway.port` set, or taken out where `port` is null; every other byte stays, also
 * comments, order and quotes. Throws where the text is not JSON5, or `gateway` is not an object. The
 * parser that knows positions is loaded here and not before, since few hosts ever change the port.
 */
export async function withGatewayPort(text: string, port: number | null): Promise<string> {
  if (text.trim() === '')
    return port === null ? text : `${text}{\n  gateway: {\n    port: ${port},\n  },\n}\n`
  const { JsonIdentifierNode, JsonObjectNode, JsonParser, JsonPrimitiveNode, JsonPropertyNode } =
    await import('@croct/json5-parser')
  const root = JsonParser.parse(text, JsonObjectNode)
  const section = lastNamed(root, 'gateway')?.value.cast(JsonObjectNode)
  const written = section && lastNamed(section, 'port')
  if (port === null) {
    if (!section || !written) return text
    const shorter = without(text, written, section)
    // Of several equal keys the last one counts; with it gone, the one before it would.
    return withGatewayPort(shorter, null)
  }
  // By place and not by the parser's own printing, so that nothing else can change.
  if (written) return replaced(text, written.value.location, String(port))

  const named = (object: JsonObjectNode, name: string) =>
    object.properties.some(({ key }) => !(key instanceof JsonIdentifierNode))
      ? JsonPrimitiveNode.of(name)
      : JsonIdentifierNode.of(name)
  if (section) section.set(named(section, 'port'), port)
  else {
    const value = JsonPrimitiveNode.of(port)
    const member = new JsonPropertyNode({ key: named(root, 'port'), value })
    root.set(named(root, 'gateway'), new JsonObjectNode({ properties: [member] }))
  }
  return root.toString()
}

function lastNamed(object: JsonObjectNode, name: string): JsonPropertyNode | undefined {
  return object.properties.findLast(({ key }) => key.toJSON() === name)
}

function replaced(text: string, location: SourceLocation, by: string): string {
  const [start, end] = offsetsOf(text, location)
  return text.slice(0, start) + by + text.slice(end)
}

/** The parser counts characters where a string counts UTF-16 units: one for an emoji, not two. */
function offsetsOf(text: string, { start, end }: SourceLocation): [start: number, end: number] {
  const characters = [...text]
  const offset = (index: number) => characters.slice(0, index).join('').length
  return [offset(start.index), offset(end.index)]
}

/** Without the member and its comma, and without its line where that holds nothing else. */
function without(text: string, member: JsonPropertyNode, object: JsonObjectNode): string {
  let [start, end] = offsetsOf(text, member.location)
  const commaAfter = /^[ \t]*,/.exec(text.slice(end))
  if (commaAfter) end += commaAfter[0].length
  const before = text.slice(0, start)
  const [objectStart] = offsetsOf(text, object.location)
  const lineStart = Math.max(before.lastIndexOf('\n'), objectStart) + 1
  const restOfLine = /^[ \t]*(?:\r?\n)?/.exec(text.slice(end))?.[0] ?? ''
  const isAloneInFront = text.slice(lineStart, start).trim() === ''
  if (isAloneInFront && restOfLine.endsWith('\n') && before[lineStart - 1] === '\n') {
    start = lineStart
    end += restOfLine.length
  } else if (commaAfter) end += /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0
  else start -= /,?[ \t]*$/.exec(before)?.[0].length ?? 0
  return text.slice(0, start) + text.slice(end)
}

/** The comments of a JSON5 text, in order. Throws where it is not JSON5. */
export async function commentsIn(text: string): Promise<string[]> {
  const { JsonLexer } = await import('@croct/json5-parser')
  return JsonLexer.tokenize(text)
    .filter(({ type }) => type.endsWith('_COMMENT'))
    .map(({ value }) => value)
}
