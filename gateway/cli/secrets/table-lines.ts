const gap = '  '
const leastLast = 8

/**
 * Rows with their columns under one another. `width` is the terminal's, or null where nothing is cut: the
 * last column gives way then, because what goes before is for recognising the row.
 */
export function tableLines(rows: readonly (readonly string[])[], width: number | null): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  }
  const before = widths.slice(0, -1).reduce((sum, cell) => sum + cell + gap.length, 0)
  const last = width === null ? Infinity : Math.max(leastLast, width - before)
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cut(cell, last) : cell.padEnd(widths[at] ?? 0)))
      .join(gap)
      .trimEnd(),
  )
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}
