/** The one of `names` that was probably meant by `written`; null where none is near. */
export function nearestName(written: string, names: readonly string[]): string | null {
  let best: { readonly name: string; readonly steps: number } | null = null
  for (const name of names) {
    if (Math.abs(name.length - written.length) > name.length) continue
    const steps = stepsBetween(written.toLowerCase(), name.toLowerCase())
    if (steps <= Math.max(1, Math.floor(name.length / 3)) && (!best || steps < best.steps))
      best = { name, steps }
  }
  return best?.name ?? null
}

/** Letters that have to be put in, taken out or changed; two that changed places are one step. */
function stepsBetween(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[other.length] ?? 0
}
