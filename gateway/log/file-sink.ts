import { closeSync, fstatSync, lstatSync, writeSync } from 'node:fs'
import type { LogLevel } from '../../host/config/config-schema.ts'
import { datedLogName, type LogTarget } from '../../host/config/log-path.ts'
import { jsonLine } from './log-line.ts'
import { type LogRecord, passes } from './log-record.ts'
import { type OpenLogFile, openLogFile } from './open-log-file.ts'
import { pruneLogs } from './prune-logs.ts'
import type { Redactor } from './redact.ts'
import { redactRecord } from './redact-record.ts'

export interface FileSinkOptions {
  readonly target: LogTarget
  readonly stateDir: string
  readonly level: LogLevel
  readonly redactor: Redactor
  readonly now: () => Date
  /** Told once for each new reason why the log is elsewhere or not written. */
  readonly onWarning: (warning: string) => void
}

export interface FileSink {
  write(record: LogRecord): void
  /** Where lines go now; null where they cannot be written. */
  path(): string | null
  close(): void
}

/** How long a file that was renamed or removed under us may still receive lines. */
const recheckMs = 1_000

/**
 * Appends lines as they come, so that the last one before a crash is there too. A dated file gives way
 * to the next at local midnight; one that another program rotated is opened again.
 */
export function createFileSink(options: FileSinkOptions): FileSink {
  const { target, stateDir, level, redactor, now, onWarning } = options
  let file: OpenLogFile | null = null
  let dayName = ''
  let checkedAt = 0
  let lastWarning = ''
  let isClosed = false

  function warnOnce(warning: string): void {
    if (warning === lastWarning) return
    lastWarning = warning
    onWarning(warning)
  }

  function reopen(date: Date): void {
    if (file) closeSync(file.fd)
    dayName = datedLogName(date)
    checkedAt = date.getTime()
    const outcome = openLogFile(target, stateDir, date)
    file = outcome.file
    if (file?.folder) pruneLogs(file.folder, date)
    for (const warning of outcome.warnings) warnOnce(warning)
  }

  function ensureCurrent(date: Date): void {
    if (dayName !== datedLogName(date)) return reopen(date)
    if (Math.abs(date.getTime() - checkedAt) < recheckMs) return
    checkedAt = date.getTime()
    if (!file || !isSameFile(file)) reopen(date)
  }

  return {
    write(record) {
      if (isClosed || !passes(record.level, level)) return
      ensureCurrent(now())
      if (!file) return
      try {
        writeSync(file.fd, jsonLine(redactRecord(record, redactor)))
      } catch (error) {
        // A full disk must not end the gateway; the console still has the line.
        warnOnce(`The log ${file.path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? error}`)
      }
    },
    path() {
      if (!isClosed) ensureCurrent(now())
      return file?.path ?? null
    },
    close() {
      if (file) closeSync(file.fd)
      file = null
      isClosed = true
    },
  }
}

function isSameFile(file: OpenLogFile): boolean {
  try {
    const named = lstatSync(file.path)
    const open = fstatSync(file.fd)
    return named.ino === open.ino && named.dev === open.dev
  } catch {
    return false
  }
}
