import { type StyledText, styledText } from './ansi.ts'

export interface RowPiece extends StyledText {
  readonly isMatch: boolean
}

/** Characters of a line that a row draws: more than any screen is wide. */
const rowLength = 600
/** A match further right than this would be out of sight: the row then begins shortly before it. */
const sightLength = 100
const leadLength = 40

/** The beginning of a line, or the part around its first match, with the matches marked. */
export function rowPieces(raw: string, pattern: RegExp | null): RowPiece[] {
  const pieces = styledText(raw)
  const plain = joined(pieces)
  const found = pattern === null ? [] : rangesOf(pattern, plain)
  const first = found[0]?.from ?? 0
  const from = first > sightLength ? first - leadLength : 0
  const to = from + rowLength
  const row = marked(pieces, found, from, to)
  if (from > 0) row.unshift(ellipsis)
  if (to < plain.length) row.push(ellipsis)
  return row
}

/** The whole line, with its line breaks and the matches marked. */
export function wholePieces(raw: string, pattern: RegExp | null): RowPiece[] {
  const pieces = styledText(raw, true)
  return marked(pieces, pattern === null ? [] : rangesOf(pattern, joined(pieces)), 0, Infinity)
}

const ellipsis: RowPiece = {
  text: '…',
  style: { colour: null, bold: false, dim: true, italic: false, underline: false },
  isMatch: false,
}

type Range = { readonly from: number; readonly to: number }

function rangesOf(pattern: RegExp, text: string): Range[] {
  return Array.from(text.matchAll(pattern), ({ index, 0: { length } }) => ({
    from: index,
    to: index + length,
  }))
}

function joined(pieces: readonly StyledText[]): string {
  return pieces.map(({ text }) => text).join('')
}

/** Cuts pieces at the ends of the matches, and leaves out what is not between `from` and `to`. */
function marked(
  pieces: readonly StyledText[],
  found: readonly Range[],
  from: number,
  to: number,
): RowPiece[] {
  const result: RowPiece[] = []
  let at = 0
  let next = 0
  for (const { text, style } of pieces) {
    const end = at + text.length
    while (at < end && at < to) {
      let range = found[next]
      while (range && range.to <= at) range = found[++next]
      const isMatch = range !== undefined && range.from <= at
      const border = isMatch ? range?.to : range?.from
      const stop = Math.min(end, border ?? end, to)
      const start = Math.max(at, from)
      if (start < stop) {
        result.push({
          text: text.slice(text.length - (end - start), text.length - (end - stop)),
          style,
          isMatch,
        })
      }
      at = stop
    }
    at = end
  }
  return result
}
