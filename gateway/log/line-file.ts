import { writeSync } from 'node:fs'
import type { LogTarget } from '../../host/config/log-path.ts'
import { type FileOfDayOptions, openFileOfDay } from './file-of-day.ts'
import type { OpenLogFile } from './open-log-file.ts'

export interface LineFileOptions extends FileOfDayOptions {
  readonly now: () => Date
  /** The line that stands where others could not be written; ends with a line feed. */
  readonly gapLine: (gap: LogGap) => string
}

export interface LogGap {
  readonly lines: number
  /** A code of the system, as `ENOSPC`. */
  readonly reason: string
  readonly since: Date
}

export interface LineFile {
  /** Appends whole lines, each with its line feed. Never throws: what cannot be written is counted. */
  append(text: string): void
  /** Where lines go now; null where they cannot be written. */
  path(): string | null
  /** Lines that were lost in all. */
  lost(): number
  /** Why lines are being lost now. */
  trouble(): string | null
  moveTo(target: LogTarget): void
  close(): void
}

/** How long nothing is tried after a write that failed, and how often that is said at most. */
const pauseMs = 1_000
const sayEveryMs = 60_000

/**
 * Appends to the file of the day. A disk that is full stops nobody: it is said once, lines are counted
 * instead, and when there is room again the log itself says what is missing.
 */
export function openLineFile(options: LineFileOptions): LineFile {
  const { now, gapLine, onWarning } = options
  const files = openFileOfDay(options)
  let gap: LogGap | null = null
  let triedAt = 0
  let saidAt = -Infinity
  let lost = 0
  let last: OpenLogFile | null = null
  let isCut = false
  let isClosed = false

  function lose(lines: number, reason: string): void {
    lost += lines
    gap = { lines: (gap?.lines ?? 0) + lines, reason, since: gap?.since ?? now() }
  }

  /** A part of a line may be there after a write that failed; the next one begins a line of its own. */
  function write(file: OpenLogFile, text: string): boolean {
    if (file !== last) isCut = file.endsWithinLine
    last = file
    const outcome = writeAll(file.fd, isCut ? `\n${text}` : text)
    if (outcome.written.length > 0) isCut = !outcome.written.endsWith('\n')
    if (outcome.reason === null) return true
    // Its own lines are the last ones of what should have been written.
    lose(Math.min(linesOf(text), linesOf(outcome.rest)), outcome.reason)
    triedAt = now().getTime()
    if (triedAt - saidAt >= sayEveryMs) {
      saidAt = triedAt
      onWarning(`The log ${file.path} cannot be written: ${outcome.reason}. Lines are lost until it can`)
    }
    return false
  }

  /** False while not even that much can be written. */
  function noteGap(file: OpenLogFile, found: LogGap): boolean {
    const lostBefore = lost
    gap = null
    if (write(file, gapLine(found))) return true
    lost = lostBefore // the note is no line that was lost
    gap = found
    return false
  }

  return {
    append(text) {
      if (isClosed) return
      const date = now()
      if (gap && Math.abs(date.getTime() - triedAt) < pauseMs) return lose(linesOf(text), gap.reason)
      const file = files.current(date)
      if (!file) return lose(linesOf(text), 'no file')
      if (gap && !noteGap(file, gap)) return lose(linesOf(text), gap.reason)
      write(file, text)
    },
    path: () => (isClosed ? null : (files.current(now())?.path ?? null)),
    lost: () => lost,
    trouble: () => gap?.reason ?? null,
    moveTo: (target) => files.moveTo(target),
    close() {
      const file = gap && !isClosed ? files.current(now()) : null
      if (file && gap) noteGap(file, gap)
      isClosed = true
      files.close()
    },
  }
}

interface Written {
  readonly written: string
  readonly rest: string
  /** Why there is a rest. */
  readonly reason: string | null
}

function writeAll(fd: number, text: string): Written {
  const bytes = Buffer.from(text)
  let done = 0
  try {
    while (done < bytes.length) done += writeSync(fd, bytes, done)
    return { written: text, rest: '', reason: null }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    return { written: bytes.toString('latin1', 0, done), rest: bytes.toString('latin1', done), reason }
  }
}

function linesOf(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
