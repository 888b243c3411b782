import { closeSync, fstatSync, lstatSync, renameSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { LogTarget } from '../../host/config/log-path.ts'
import { type LogFamily, namedLogBytes } from './log-family.ts'
import { type OpenLogFile, openLogFile } from './open-log-file.ts'
import { lastPart, pruneLogs } from './prune-logs.ts'

export interface FileOfDayOptions {
  readonly target: LogTarget
  readonly stateDir: string
  readonly family: LogFamily
  /** Told once for each new reason why the log is elsewhere or not written. */
  readonly onWarning: (warning: string) => void
}

export interface FileOfDay {
  /** The file that lines of this moment belong to; null where none can be opened. */
  current(date: Date): OpenLogFile | null
  moveTo(target: LogTarget): void
  close(): void
}

/** A folder that could not be used is tried again: soon where there is no log at all. */
const againMs = 1_000
const backMs = 60_000

/**
 * Gives way to the next file at local midnight, and to a new part when the file is too large. One that
 * another program renamed or removed is made anew, looked for before each write: what a rotation
 * compresses at once would lose the lines that come after.
 */
export function openFileOfDay({ stateDir, family, onWarning, ...options }: FileOfDayOptions): FileOfDay {
  let { target } = options
  let file: (OpenLogFile & Pick<Stats, 'dev' | 'ino'>) | null = null
  let day = { from: 0, to: 0 }
  let openedAt = 0
  let lastWarning = ''

  function warnOnce(warning: string): void {
    if (warning === lastWarning) return
    lastWarning = warning
    onWarning(warning)
  }

  function reopen(date: Date): void {
    close()
    day = dayAround(date)
    openedAt = date.getTime()
    const outcome = openLogFile(target, stateDir, family, date)
    if (outcome.file) {
      const { dev, ino } = fstatSync(outcome.file.fd)
      file = { ...outcome.file, dev, ino }
      if (file.folder) pruneLogs(file.folder, family, date)
    }
    for (const warning of outcome.warnings) warnOnce(warning)
  }

  function isDue(at: number): boolean {
    if (at < day.from || at >= day.to) return true
    if (file && !file.isFallback) return false
    return Math.abs(at - openedAt) >= (file ? backMs : againMs)
  }

  function giveWay({ path, folder }: OpenLogFile, date: Date): void {
    const name = family.nameOf(date)
    try {
      // Beside an owner's file one other is kept, by a name that no rotation uses.
      const next = folder && name.replace(/\.log$/, `.${lastPart(folder, name) + 1}.log`)
      renameSync(path, folder && next ? join(folder, next) : `${path}.full`)
      reopen(date)
    } catch (error) {
      warnOnce(`The log ${path} is too large and cannot be renamed: ${(error as NodeJS.ErrnoException).code}`)
    }
  }

  function close(): void {
    if (file) closeSync(file.fd)
    file = null
  }

  return {
    current(date) {
      if (isDue(date.getTime())) reopen(date)
      if (!file) return null
      const found = statOf(file.path)
      if (found?.ino !== file.ino || found.dev !== file.dev) reopen(date)
      else if (found.size >= (file.folder ? family.partBytes : namedLogBytes)) giveWay(file, date)
      return file
    },
    moveTo(next) {
      if (JSON.stringify(next) === JSON.stringify(target)) return
      target = next
      day = { from: 0, to: 0 }
    },
    close,
  }
}

/** From one local midnight to the next; a day may have 23 hours. */
function dayAround(date: Date): { readonly from: number; readonly to: number } {
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  return { from: new Date(year, month, day).getTime(), to: new Date(year, month, day + 1).getTime() }
}

function statOf(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null
  } catch {
    return null
  }
}
