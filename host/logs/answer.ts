import type { LogChunk, LogCursor, LogLine } from '../../shared/log.ts'
import { maxAnswerChars } from './figures.ts'
import type { LogFile } from './open-log.ts'
import type { Scanned } from './scan-lines.ts'

type AnswerFacts = Partial<Pick<LogChunk, 'more' | 'skippedBytes' | 'restarted'>>

const plainFacts = { more: false, skippedBytes: 0, restarted: false, trouble: null }

/** Without a line: there is no file, or none that can be read. A reader goes on from `at`. */
export function emptyAnswer(
  path: string,
  { restarted, trouble }: Pick<LogChunk, 'restarted' | 'trouble'>,
  at: LogCursor | null,
): LogChunk {
  const next = at ?? { inode: 0, offset: 0 }
  return { path, inode: 0, lines: [], first: next, next, ...plainFacts, restarted, trouble }
}

/** Lines beyond what one answer may carry stay for the next one; `kept` says which end goes first. */
export function answer(
  file: LogFile,
  { lines, next }: Pick<Scanned, 'lines' | 'next'>,
  kept: 'oldest' | 'newest',
  facts: AnswerFacts,
): LogChunk {
  const { path, inode } = file
  const part = fitting(lines, kept)
  const [left] = kept === 'oldest' ? lines.slice(part.length) : []
  return {
    path,
    inode,
    lines: part,
    first: { inode, offset: part[0]?.offset ?? next },
    next: { inode, offset: left?.offset ?? next },
    ...plainFacts,
    ...facts,
    ...(left ? { more: true } : {}),
  }
}

/** As many as fit, and always one. */
function fitting(lines: LogLine[], kept: 'oldest' | 'newest'): LogLine[] {
  const order = kept === 'oldest' ? lines : lines.toReversed()
  let chars = 0
  const beyond = order.findIndex(({ text }, index) => {
    chars += text.length
    return chars > maxAnswerChars && index > 0
  })
  if (beyond === -1) return lines
  return kept === 'oldest' ? lines.slice(0, beyond) : lines.slice(-beyond)
}
