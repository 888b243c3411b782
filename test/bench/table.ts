import type { Row } from './row.ts'

const titles = ['what', 'samples', 'median', 'p95', 'bare', 'ratio', 'limit', 'holds']

export function toTable(rows: readonly Row[]): string {
  const lines = [titles, ...rows.map(cells)]
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => pad(cell, widths[column] ?? 0, column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cells(row: Row): string[] {
  const value = (number: number) => `${number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0)} ${row.unit}`
  return [
    row.what,
    String(row.samples),
    value(row.median),
    value(row.p95),
    row.bare === null ? '–' : value(row.bare),
    row.ratio === null ? '–' : `${row.ratio.toFixed(2)} ×`,
    row.limit,
    row.holds === null ? '–' : row.holds ? 'yes' : 'NO',
  ]
}

const isText = (column: number): boolean => column === 0 || column >= 6
const pad = (cell: string, width: number, column: number): string =>
  isText(column) ? cell.padEnd(width) : cell.padStart(width)
