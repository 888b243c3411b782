/** Half-open, in UTF-16 units. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface TextFinder {
  isIn(text: string): boolean
  /** Where any of the texts stands, in order; what overlaps or touches is one span. */
  find(text: string): Span[]
}

const tableSize = 1 << 12

/**
 * Looks for many texts at once, after Wu and Manber: the last two units of a window as long as the shortest
 * text say how far the window may be moved without missing one. So most of a long text is never looked at.
 */
export function createTextFinder(texts: readonly string[]): TextFinder {
  const wanted = [...new Set(texts)].filter((text) => text.length >= 2)
  const width = Math.min(...wanted.map(({ length }) => length))
  if (wanted.length === 0) return { isIn: () => false, find: () => [] }
  const furthest = Math.min(width - 1, 255)
  const moves = new Uint8Array(tableSize).fill(furthest)
  /** By the pair that ends the window. */
  const candidates = new Map<number, string[]>()
  for (const text of wanted) {
    for (let end = 1; end < width; end += 1) {
      const pair = pairAt(text, end)
      moves[pair] = Math.min(moves[pair] ?? 0, width - 1 - end)
    }
    const last = pairAt(text, width - 1)
    candidates.set(last, [...(candidates.get(last) ?? []), text])
  }

  /** The end of the longest text that begins at `from`, or 0. */
  function endAt(text: string, from: number, pair: number): number {
    let end = 0
    for (const candidate of candidates.get(pair) ?? []) {
      if (from + candidate.length > end && text.startsWith(candidate, from)) end = from + candidate.length
    }
    return end
  }

  function search(text: string, isEnough: boolean): Span[] {
    const spans: { from: number; to: number }[] = []
    for (let at = width - 1; at < text.length; ) {
      const pair = pairAt(text, at)
      const move = moves[pair] ?? 0
      if (move > 0) {
        at += move
        continue
      }
      const from = at - width + 1
      const to = endAt(text, from, pair)
      if (to > 0) {
        const last = spans.at(-1)
        if (last && from <= last.to) last.to = Math.max(last.to, to)
        else spans.push({ from, to })
        if (isEnough) return spans
      }
      at += 1
    }
    return spans
  }

  return {
    isIn: (text) => search(text, true).length > 0,
    find: (text) => search(text, false),
  }
}

function pairAt(text: string, end: number): number {
  return (text.charCodeAt(end - 1) * 31 + text.charCodeAt(end)) & (tableSize - 1)
}
