/**
 * Whether an output is painted, as programs agree on it: never where `NO_COLOR` is set, which `--no-color` does;
 * always where `FORCE_COLOR` is; else on a terminal that knows colours.
 */
export function hasColours(stream: Pick<NodeJS.WriteStream, 'isTTY'>, env = process.env): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env
  if (NO_COLOR || FORCE_COLOR === '0' || FORCE_COLOR === 'false') return false
  if (FORCE_COLOR !== undefined) return true
  return Boolean(stream.isTTY) && TERM !== 'dumb'
}

const codes = { bold: 1, red: 31, green: 32, yellow: 33, cyan: 36, grey: 90 } as const
export type Colour = keyof typeof codes

/** The text, painted where the output is. */
export function paint(text: string, colour: Colour | null, isColoured: boolean): string {
  return isColoured && colour !== null && text !== '' ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text
}
