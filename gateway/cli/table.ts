import { escapeControls } from '../../shared/wording/escape-controls.ts'
import { type Colour, paint } from './colours.ts'
import { cutMiddle, cutText, padText, textWidth, wrapText } from './text-width.ts'

/** What an output can show. */
export interface OutputLook {
  readonly isColoured: boolean
  /** Columns of the terminal; null where nothing is cut or wrapped. */
  readonly width: number | null
}

export type Cell = string | { readonly text: string; readonly colour: Colour }

export interface TableForm {
  /** Stands above the rows. */
  readonly head?: readonly string[]
  /** Places of the columns of figures, from 0: they end under one another. */
  readonly right?: readonly number[]
  /** Places of the columns whose texts differ at their ends: what is too long loses its middle. */
  readonly middle?: readonly number[]
  /** Ahead of each line. */
  readonly indent?: string
}

const gap = '  '
/** A column is never narrower than this, unless its texts are. */
const leastWidth = 5
/** Nobody knows a row again by less of its first text. */
const leastFirst = 14

/**
 * Rows with their columns under one another. Where the terminal is too narrow, the widest column gives way until the
 * rows fit, and where little would be left of the first one, each row takes two lines. What a file or a program put
 * into a text is made harmless.
 */
export function tableLines(
  rows: readonly (readonly Cell[])[],
  look: OutputLook,
  { head, right = [], middle = [], indent = '' }: TableForm = {},
): string[] {
  const all = [...(head ? [head] : []), ...rows].map((row) => row.map(safeCell))
  const widths: number[] = []
  for (const row of all) {
    for (const [at, { text }] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, textWidth(text))
  }
  const room = look.width === null ? null : look.width - textWidth(indent)
  if (room !== null) {
    const wanted = Math.min(leastFirst, widths[0] ?? 0)
    const natural = totalOf(widths)
    narrow(widths, room)
    const isLost = (widths[0] ?? 0) < wanted || natural > 2 * room || totalOf(widths) > room
    if (isLost && widths.length > 1)
      return stacked(head ? all.slice(1) : all, room, look).map((line) => indent + line)
  }
  return all.map((row) => {
    const cells = row.map(({ text, colour }, at) => {
      const width = widths[at] ?? 0
      const cut = middle.includes(at) ? cutMiddle(text, width) : cutText(text, width)
      const padded = padText(cut, width, right.includes(at))
      const isLast = at === row.length - 1
      return paint(isLast ? padded.trimEnd() : padded, colour, look.isColoured)
    })
    return `${indent}${cells.join(gap)}`.trimEnd()
  })
}

/** The first text on a line of its own, the others below it. */
function stacked(rows: readonly (readonly SafeCell[])[], room: number, look: OutputLook): string[] {
  return rows.flatMap(([first, ...others]) => {
    const rest = others.map(({ text }) => text).filter((text) => text !== '' && text !== '-')
    return [
      ...(first && first.text !== ''
        ? [paint(cutMiddle(first.text, room), first.colour, look.isColoured)]
        : []),
      ...(rest.length > 0 ? wrapText(rest.join(', '), room - gap.length).map((line) => gap + line) : []),
    ]
  })
}

interface SafeCell {
  readonly text: string
  readonly colour: Colour | null
}

function safeCell(cell: Cell): SafeCell {
  const { text, colour } = typeof cell === 'string' ? { text: cell, colour: null } : cell
  return { text: escapeControls(text), colour }
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, Math.max(0, widths.length - 1) * gap.length)
}

/** Takes columns from the widest, the last of those that are equally wide, until the rest fits. */
function narrow(widths: number[], room: number): void {
  let surplus = totalOf(widths) - room
  while (surplus > 0) {
    const widest = Math.max(...widths)
    if (widest <= leastWidth) return
    const at = widths.lastIndexOf(widest)
    // To the next narrower one at once, or by what is needed.
    const next = Math.max(leastWidth, ...widths.filter((width) => width < widest))
    const step = Math.min(surplus, Math.max(1, widest - Math.max(next, leastWidth)))
    widths[at] = widest - step
    surplus -= step
  }
}
