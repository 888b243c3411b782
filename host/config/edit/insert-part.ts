import { type Place, skipSpace } from './place-json5.ts'

/**
 * A new part as the first one, where no comma is missing and no comment comes between. `print` gets the line
 * break and indent of a line of its own, or nothing where the container stands in one line.
 */
export function withFirst(
  text: string,
  open: number,
  isEmpty: boolean,
  unit: string,
  print: (indent: string | null) => string,
): string {
  const before = text.slice(0, open + 1)
  const after = text.slice(open + 1)
  const comma = isEmpty ? '' : ','
  const [comment = ''] = /^[ \t]*(?:\/\/[^\n\r\u2028\u2029]*)?(?=\r?\n)/.exec(after) ?? []
  const rest = after.slice(comment.length)
  const [, lineBreak, found = ''] = /^(?:[ \t]*(\r?\n))+([ \t]*)/.exec(rest) ?? []
  if (lineBreak === undefined) {
    const gap = /^[ \t]/.test(after) ? ' ' : ''
    return before + gap + print(null) + comma + after
  }
  const isAtEnd = /^[}\]]/.test(rest.trimStart())
  const indent = lineBreak + found + (isAtEnd ? unit : '')
  return before + comment + indent + print(indent) + comma + rest
}

/** A new item behind the last one, in the way that one stands there, with a comma at the end where it had one. */
export function withLast(text: string, last: Place, print: (indent: string | null) => string): string {
  const indent = indentOf(text, last.start)
  const printed = (indent ?? ' ') + print(indent)
  const comma = skipSpace(text, last.end)
  if (text[comma] !== ',') return `${text.slice(0, last.end)},${printed}${text.slice(last.end)}`
  const [lineRest = ''] = /^[ \t]*(?:\/\/[^\n\r\u2028\u2029]*)?(?=\r?\n)/.exec(text.slice(comma + 1)) ?? []
  const at = comma + 1 + (indent === null ? 0 : lineRest.length)
  return `${text.slice(0, at)}${printed},${text.slice(at)}`
}

/** The line break and indentation of the line that begins with what stands at `start`; null where none does. */
export function indentOf(text: string, start: number): string | null {
  return /\r?\n[ \t]*$/.exec(text.slice(Math.max(0, start - 512), start))?.[0] ?? null
}
