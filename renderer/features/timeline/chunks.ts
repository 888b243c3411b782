import type { TimelineEntry } from '../../../shared/timeline.ts'

const chunkSize = 100

/**
 * Cuts a list (newest first) at whole hundreds of the sequence number, so that a new entry or an
 * earlier page changes one chunk only and the others need not be drawn again.
 */
export function chunksOf(entries: readonly TimelineEntry[]): TimelineEntry[][] {
  const chunks: TimelineEntry[][] = []
  let current = Number.NaN
  for (const entry of entries) {
    const number = chunkNumber(entry)
    if (number !== current) chunks.push([])
    current = number
    chunks.at(-1)?.push(entry)
  }
  return chunks
}

/** Names a chunk for as long as the list lives. */
export function chunkNumber(entry: TimelineEntry | undefined): number {
  return Math.floor((entry?.seq ?? 0) / chunkSize)
}

/** Entries never change and have no gaps, so the ends tell two chunks apart. */
export function isSameChunk(a: readonly TimelineEntry[], b: readonly TimelineEntry[]): boolean {
  return a[0] === b[0] && a.at(-1) === b.at(-1)
}
