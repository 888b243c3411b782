import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { datedLogName } from '../../../host/config/log-path.ts'
import { listParts } from '../../../host/logs/log-family.ts'
import type { LogChunk, LogLine } from '../../../shared/log.ts'
import { readCompressed } from './read-compressed.ts'
import { type LastQuery, readLast } from './read-last.ts'

export interface PartLines {
  readonly path: string
  readonly lines: readonly LogLine[]
  readonly trouble: string | null
}
export interface AllLines {
  /** Oldest first; the last one is the log as it is now. */
  readonly parts: readonly PartLines[]
  readonly newest: LogChunk
  /** Set where the search ended for its length, with more to search. */
  readonly searchedBytes: number | null
}

interface PartsQuery extends LastQuery {
  readonly until: number | null
}

/** The last lines that pass, searched backwards through the log and what rotation and midnight made of it. */
export async function readParts(currentPath: string, query: PartsQuery): Promise<AllLines> {
  const { wanted, since, until, maxBytes } = query
  const last = await readLast(currentPath, query)
  const { newest } = last
  // Where today has no log yet, the newest is of another day.
  const lines = isOutside(newest.path, since, until) ? [] : last.lines
  const parts: PartLines[] = [{ path: newest.path, lines, trouble: newest.trouble }]
  let found = lines.length
  let { seenBytes, isBounded } = last
  const older = newest.trouble === null ? (await listParts(currentPath)).reverse() : []
  for (const path of older) {
    if (found >= wanted || isBounded) break
    if (path === newest.path || isOutside(path, since, until)) continue
    if (since !== null && ((await stat(path).catch(() => null))?.mtimeMs ?? 0) < since) continue
    if (seenBytes >= maxBytes) {
      isBounded = true
      break
    }
    const left = { ...query, wanted: wanted - found, maxBytes: maxBytes - seenBytes }
    const part = await readPart(path, left)
    found += part.lines.length
    seenBytes += part.seenBytes
    ;({ isBounded } = part)
    if (part.lines.length > 0 || part.trouble !== null)
      parts.unshift({ path, lines: part.lines, trouble: part.trouble })
  }
  return { parts, newest, searchedBytes: isBounded && found < wanted ? seenBytes : null }
}

async function readPart(path: string, query: LastQuery) {
  if (path.endsWith('.gz')) return readCompressed(path, query)
  const { lines, seenBytes, isBounded, newest } = await readLast(path, query)
  return { lines, seenBytes, isBounded, trouble: newest.trouble }
}

/** A file that has its day in its name holds nothing of another one. */
function isOutside(path: string, since: number | null, until: number | null): boolean {
  const day = dayIn(basename(path))
  if (day === null) return false
  const isBefore = since !== null && day < (dayIn(datedLogName(new Date(since))) ?? '')
  const isAfter = until !== null && day > (dayIn(datedLogName(new Date(until - 1))) ?? '')
  return isBefore || isAfter
}

function dayIn(name: string): string | null {
  return /^(?:moltbot|access)-(\d{4}-\d{2}-\d{2})\b/.exec(name)?.[1] ?? null
}
