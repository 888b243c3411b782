import type { Hunk } from './parse-patch.ts'

/**
 * The text with the hunks applied. Each must be found to the letter, in exactly one place; line numbers
 * are not looked at, because code above may have grown.
 * @throws Error naming the first line of the hunk that does not fit
 */
export function applyHunks(text: string, hunks: readonly Hunk[]): string {
  return hunks.reduce((current, { before, after }) => {
    const lines = current.split('\n')
    const places = lines.flatMap((_, start) => (standsAt(lines, start, before) ? [start] : []))
    const [place] = places
    if (place === undefined || places.length > 1) {
      throw new Error(`a hunk fits in ${places.length} places; it begins with "${before[0] ?? ''}"`)
    }
    return lines.toSpliced(place, before.length, ...after).join('\n')
  }, text)
}

const standsAt = (lines: readonly string[], start: number, wanted: readonly string[]): boolean =>
  wanted.length > 0 && wanted.every((line, index) => lines[start + index] === line)
