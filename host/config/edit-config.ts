import type { JsonObjectNode, JsonPropertyNode, SourceLocation } from '@croct/json5-parser'

type Place = readonly [start: number, end: number]

/** A member of a section of the configuration; both are plain words. */
export interface ConfigMember {
  readonly section: 'gateway' | 'logging'
  readonly name: string
}
export type MemberValue = number | string | null

/** The JSON5 text with `gateway.port` set, or taken out where `port` is null; see {@link withMember}. */
export function withGatewayPort(text: string, port: number | null): Promise<string> {
  return withMember(text, { section: 'gateway', name: 'port' }, port)
}

/**
 * The JSON5 text with one member set, or taken out where `value` is null; every other byte stays, also
 * comments, order and quotes. Throws where the text is not JSON5, or the section is not an object. The
 * parser that knows positions is loaded here and not before, since few hosts ever change one.
 */
export async function withMember(text: string, member: ConfigMember, value: MemberValue): Promise<string> {
  const printed = value === null ? null : JSON.stringify(value)
  if (text.trim() === '') {
    if (printed === null) return text
    return `${text}{\n  ${member.section}: {\n    ${member.name}: ${printed},\n  },\n}\n`
  }
  const { JsonIdentifierNode, JsonObjectNode, JsonParser } = await import('@croct/json5-parser')
  const root = JsonParser.parse(text, JsonObjectNode)
  const section = named(root, member.section).at(-1)?.value.cast(JsonObjectNode)
  const written = section ? named(section, member.name) : []
  // By place and not by the parser's own printing, which takes minutes for some files of a few kilobytes.
  const place = placesIn(text)
  if (printed === null) {
    if (!section) return text
    const [objectStart] = place(section.location)
    // All of them: with the last one gone, the one before it would count. From behind: the places stay good.
    return written.reduceRight((rest, { location }) => without(rest, place(location), objectStart), text)
  }
  const last = written.at(-1)
  if (last) {
    const [start, end] = place(last.value.location)
    return text.slice(0, start) + printed + text.slice(end)
  }
  const object = section ?? root
  const isQuoted = object.properties.some(({ key }) => !(key instanceof JsonIdentifierNode))
  const name = (word: string) => (isQuoted ? `"${word}"` : word)
  const [start] = place(object.location)
  const parts = [text.slice(0, start + 1), text.slice(start + 1)] as const
  return withFirst(parts, object.properties.length === 0, (indent) => {
    const line = `${name(member.name)}: ${printed}`
    if (section) return line
    if (!indent) return `${name(member.section)}: { ${line} }`
    return `${name(member.section)}: {${indent}${indent.replace(/^\r?\n/, '')}${line}${indent}}`
  })
}

function named(object: JsonObjectNode, name: string): JsonPropertyNode[] {
  return object.properties.filter(({ key }) => key.toJSON() === name)
}

/** The parser counts characters where a string counts UTF-16 units: one for an emoji, not two. */
function placesIn(text: string): (location: SourceLocation) => Place {
  const offsets: number[] = []
  let offset = 0
  for (const character of text) {
    offsets.push(offset)
    offset += character.length
  }
  const at = (index: number) => offsets[index] ?? text.length
  return ({ start, end }) => [at(start.index), at(end.index)]
}

/**
 * A new member as the first one, where no comma is missing and no comment comes between. `print` gets the
 * line break and indent of a line of its own, or nothing where the object stands in one line.
 */
function withFirst(
  [before, after]: readonly [string, string],
  isEmpty: boolean,
  print: (indent?: string) => string,
): string {
  const comma = isEmpty ? '' : ','
  const [comment = ''] = /^[ \t]*(?:\/\/[^\n\r\u2028\u2029]*)?(?=\r?\n)/.exec(after) ?? []
  const rest = after.slice(comment.length)
  const [, lineBreak, found = ''] = /^(?:[ \t]*(\r?\n))+([ \t]*)/.exec(rest) ?? []
  if (lineBreak === undefined) {
    const gap = /^[ \t]/.test(after) ? ' ' : ''
    return before + gap + print() + comma + after
  }
  const isAtEnd = rest.trimStart().startsWith('}')
  const indent = lineBreak + found + (isAtEnd ? '  ' : '')
  return before + comment + indent + print(indent) + comma + rest
}

/** Without the member and its comma, and without its line where that holds nothing else. */
function without(text: string, place: Place, objectStart: number): string {
  let [start, end] = place
  const commaAfter = /^[ \t]*,/.exec(text.slice(end))
  if (commaAfter) end += commaAfter[0].length
  const before = text.slice(0, start)
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
