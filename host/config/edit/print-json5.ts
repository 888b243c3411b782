/** How the text around writes what is printed into it. */
export interface PrintStyle {
  /** Names in quotes also where none are needed, as JSON asks. */
  readonly isQuoted: boolean
  /** One step of indentation. */
  readonly unit: string
  /** A comma behind the last one of an object or list that has lines of its own. */
  readonly hasLastComma: boolean
}

/**
 * A value as JSON5. `indent`: the line break and indentation of the line it begins on, where it may take
 * several; null where all must stay in one.
 */
export function printJson5(value: unknown, style: PrintStyle, indent: string | null): string {
  if (Array.isArray(value)) {
    const isShort = value.every((item) => typeof item !== 'object' || item === null)
    const items = (inner: string | null) => value.map((item) => printJson5(item, style, inner))
    const line = `[${items(null).join(', ')}]`
    if (indent === null || (isShort && line.length <= lineLength) || value.length === 0) return line
    return inLines('[', items(indent + style.unit), ']', style, indent)
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    const members = (inner: string | null) =>
      entries.map(([name, item]) => `${printName(name, style)}: ${printJson5(item, style, inner)}`)
    if (entries.length === 0) return '{}'
    if (indent === null) return `{ ${members(null).join(', ')} }`
    return inLines('{', members(indent + style.unit), '}', style, indent)
  }
  // Its name would lose the sign of -0.
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  // JSON allows these two in a text, and the parser warns of them.
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (mark) =>
    mark === '\u2028' ? '\\u2028' : '\\u2029',
  )
}

const lineLength = 72
const bareName = /^[A-Za-z_$][\w$]*$/

export function printName(name: string, { isQuoted }: Pick<PrintStyle, 'isQuoted'>): string {
  return !isQuoted && bareName.test(name) ? name : JSON.stringify(name)
}

function inLines(
  open: string,
  parts: readonly string[],
  close: string,
  { unit, hasLastComma }: PrintStyle,
  indent: string,
): string {
  const inner = indent + unit
  return `${open}${inner}${parts.join(`,${inner}`)}${hasLastComma ? ',' : ''}${indent}${close}`
}
