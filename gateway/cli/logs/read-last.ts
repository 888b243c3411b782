import { readEarlier, readLog } from '../../../host/logs/read-log.ts'
import type { LogChunk, LogLine } from '../../../shared/log.ts'
import type { LineFilter } from './line-filter.ts'

export interface LastLines {
  readonly lines: readonly LogLine[]
  /** The newest part of the log: its path, its trouble, and where to go on. */
  readonly newest: LogChunk
  /** Set where the search ended before the beginning of the file. */
  readonly searchedBytes: number | null
}

const maxBatchLines = 5_000
export const maxSearchedBytes = 64 * 1024 * 1024

/** The last `wanted` lines that pass, searched backwards through one file; without `filter` all pass. */
export async function readLast(path: string, wanted: number, filter: LineFilter | null): Promise<LastLines> {
  const maxLines = filter ? maxBatchLines : Math.min(Math.max(wanted, 1), maxBatchLines)
  const pass: LineFilter = filter ?? ((lines) => [...lines])
  const newest = await readLog(path, { cursor: null, maxLines })
  const parts = [wanted > 0 ? pass(newest.lines) : []]
  let found = parts[0]?.length ?? 0
  let { first: before } = newest
  const seenBytes = () => newest.next.offset - before.offset
  while (found < wanted && before.offset > 0 && seenBytes() < maxSearchedBytes) {
    const chunk = await readEarlier(newest.path, { before, maxLines })
    if (chunk.first.offset >= before.offset) break // it was emptied or removed meanwhile
    const part = pass(chunk.lines)
    parts.unshift(part)
    found += part.length
    before = chunk.first
  }
  const isBounded = found < wanted && before.offset > 0
  const lines = wanted > 0 ? parts.flat().slice(-wanted) : []
  return { lines, newest, searchedBytes: isBounded ? seenBytes() : null }
}
