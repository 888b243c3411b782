import { readEarlier, readLog } from '../../../host/logs/read-log.ts'
import type { LogChunk, LogLine } from '../../../shared/log.ts'
import type { LineFilter } from './line-filter.ts'

export interface LastLines {
  readonly lines: readonly LogLine[]
  /** The newest part of the log: its path, its trouble, and where to go on. */
  readonly newest: LogChunk
  readonly seenBytes: number
  /** The search ended before the beginning of the file, for its length. */
  readonly isBounded: boolean
}

export interface LastQuery {
  readonly wanted: number
  /** Null lets every line pass. */
  readonly filter: LineFilter | null
  /** ms since 1970; what is older is not searched. */
  readonly since: number | null
  readonly maxBytes: number
}

const maxBatchLines = 5_000
export const maxSearchedBytes = 64 * 1024 * 1024

/** The last lines that pass, searched backwards through one file. */
export async function readLast(path: string, query: LastQuery): Promise<LastLines> {
  const { wanted, filter, since, maxBytes } = query
  const maxLines = filter ? maxBatchLines : Math.min(Math.max(wanted, 1), maxBatchLines)
  const newest = await readLog(path, { cursor: null, maxLines })
  const earliest = newest.next.offset - maxBytes
  const pass: LineFilter = (all) => {
    const lines = earliest > 0 ? all.filter(({ offset }) => offset >= earliest) : [...all]
    return filter ? filter(lines) : lines
  }
  const parts = [wanted > 0 ? pass(newest.lines) : []]
  let found = parts[0]?.length ?? 0
  let { first: before } = newest
  let isPast = isOlder(newest.lines, since)
  const seenBytes = () => newest.next.offset - before.offset
  while (found < wanted && !isPast && before.offset > 0 && seenBytes() < maxBytes) {
    const chunk = await readEarlier(newest.path, { before, maxLines })
    if (chunk.first.offset >= before.offset) break // it was emptied or removed meanwhile
    const part = pass(chunk.lines)
    parts.unshift(part)
    found += part.length
    before = chunk.first
    isPast = isOlder(chunk.lines, since)
  }
  const isBounded = found < wanted && !isPast && (before.offset > 0 || earliest > 0)
  const lines = wanted > 0 ? parts.flat().slice(-wanted) : []
  return { lines, newest, seenBytes: Math.min(seenBytes(), maxBytes), isBounded }
}

/** Lines are written in the order of their times, or nearly so. */
function isOlder(lines: readonly LogLine[], since: number | null): boolean {
  const first = lines.find(({ time }) => time !== null)?.time ?? null
  return since !== null && first !== null && first < since - slackMs
}

/** How much a line may be late. */
const slackMs = 60_000
