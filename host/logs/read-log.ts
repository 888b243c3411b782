import type { LogChunk, LogCursor } from '../../shared/log.ts'
import { answer, emptyAnswer } from './answer.ts'
import { reachBytes, windowBytes } from './figures.ts'
import { findLineStart } from './find-line-start.ts'
import { inodeAfter, openByInode, openCurrent, openNewest } from './log-family.ts'
import type { LogFile } from './open-log.ts'
import { scanLines } from './scan-lines.ts'

interface ReadRequest {
  readonly cursor: LogCursor | null
  readonly maxLines: number
}

/**
 * The log from `cursor` on; without one, its last `maxLines`. Keeps nothing between calls: all that is
 * needed to go on is in the answer's `next`. Bounded in time and memory whatever the file holds.
 * Never rejects: what stands in the way is the answer's `trouble`.
 */
export async function readLog(currentPath: string, { cursor, maxLines }: ReadRequest): Promise<LogChunk> {
  const place = await findPlace(currentPath, cursor)
  // A reader keeps its place until the trouble is over.
  if (!place.file) return emptyAnswer(currentPath, place, place.trouble === null ? null : cursor)
  const { file, from, restarted } = place
  try {
    if (from === null) return await readBack(file, { end: file.size, maxLines, isFinished: false })
    const after = place.isFormer ? await inodeAfter(currentPath, file) : null
    // Until the moment it went on, lines may have come that the size does not count yet.
    const whole = after === null ? file : { ...file, size: (await file.handle.stat()).size }
    const chunk = await readOn(whole, { from, maxLines, restarted, isFinished: after !== null })
    const isAtEnd = chunk.next.offset >= whole.size
    return after !== null && isAtEnd ? { ...chunk, next: { inode: after, offset: 0 }, more: true } : chunk
  } catch (error) {
    return emptyAnswer(currentPath, { restarted: false, trouble: codeOf(error) }, cursor)
  } finally {
    await file.handle.close()
  }
}

/** The last `maxLines` lines that end where `before` stands, in the same file. As {@link readLog}. */
export async function readEarlier(
  currentPath: string,
  { before, maxLines }: { readonly before: LogCursor; readonly maxLines: number },
): Promise<LogChunk> {
  const place = await findPlace(currentPath, before)
  if (!place.file) return emptyAnswer(currentPath, place, before)
  const { file, restarted } = place
  try {
    if (restarted || file.inode !== before.inode) return emptyAnswer(currentPath, place, before)
    const chunk = await readBack(file, { end: before.offset, maxLines, isFinished: true })
    return { ...chunk, more: chunk.first.offset > 0 }
  } catch (error) {
    return emptyAnswer(currentPath, { restarted: false, trouble: codeOf(error) }, before)
  } finally {
    await file.handle.close()
  }
}

interface Place {
  readonly file: LogFile | null
  /** Null: the end of the file, for the last lines of it. */
  readonly from: number | null
  /** The log goes on in another file by now. */
  readonly isFormer: boolean
  readonly restarted: boolean
  readonly trouble: string | null
}

async function findPlace(currentPath: string, cursor: LogCursor | null): Promise<Place> {
  const current = await openCurrent(currentPath)
  const trouble = current.kind === 'trouble' ? current.detail : null
  const file = current.kind === 'open' ? current.file : null
  const place = { file, from: 0, isFormer: false, restarted: false, trouble }
  if (trouble !== null) return place
  if (cursor === null) return { ...place, file: file ?? (await openNewest(currentPath)), from: null }
  if (cursor.inode === 0) return place
  if (cursor.inode === file?.inode) {
    return cursor.offset <= file.size ? { ...place, from: cursor.offset } : { ...place, restarted: true }
  }
  const former = await openByInode(currentPath, cursor.inode)
  if (former && cursor.offset <= former.size) {
    await file?.handle.close()
    return { ...place, file: former, from: cursor.offset, isFormer: true }
  }
  await former?.handle.close()
  return { ...place, restarted: true }
}

interface ReadOn {
  readonly from: number
  readonly maxLines: number
  readonly restarted: boolean
  readonly isFinished: boolean
}

async function readOn(file: LogFile, { from, maxLines, restarted, isFinished }: ReadOn): Promise<LogChunk> {
  const end = file.size
  const start = end - from > reachBytes ? await findLineStart(file, end, maxLines) : from
  const isLineStart = start !== from
  const scan = { from: start, end, maxLines, maxBytes: windowBytes, isLineStart, isFinished }
  const scanned = await scanLines(file, scan)
  return answer(file, scanned, 'oldest', { restarted, skippedBytes: start - from, more: !scanned.isAtEnd })
}

async function readBack(
  file: LogFile,
  { end, maxLines, isFinished }: { end: number; maxLines: number; isFinished: boolean },
): Promise<LogChunk> {
  const from = await findLineStart(file, end, maxLines)
  const scan = { from, end, maxBytes: reachBytes, isLineStart: true, isFinished }
  // One more, for an unfinished line that is given because it is long.
  const scanned = await scanLines(file, { ...scan, maxLines: maxLines + 1 })
  return answer(file, { ...scanned, lines: scanned.lines.slice(-maxLines) }, 'newest', {})
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error)
}
