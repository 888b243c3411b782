import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { inspectLogFolder } from '../../host/config/log-folder.ts'
import { fallbackLogFolder, type LogTarget } from '../../host/config/log-path.ts'
import type { LogFamily } from './log-family.ts'

export interface OpenLogFile {
  readonly fd: number
  readonly path: string
  /** Set where the file is a dated one of a folder of ours. */
  readonly folder: string | null
  /** Somebody before us was cut off there: the next line has to begin with a line feed. */
  readonly endsWithinLine: boolean
  /** It is not where it was wanted. */
  readonly isFallback: boolean
}

export interface LogFileOutcome {
  /** Null where neither the first choice nor the fallback can be written. */
  readonly file: OpenLogFile | null
  /** Why each choice before it was passed over. */
  readonly warnings: readonly string[]
}

/**
 * Opens the log for appending. A folder or file that somebody else may have planted is passed over
 * untouched, and the log goes to the state folder instead.
 */
export function openLogFile(
  target: LogTarget,
  stateDir: string,
  family: Pick<LogFamily, 'nameOf'>,
  date: Date,
): LogFileOutcome {
  const name = family.nameOf(date)
  const first = attempt(() =>
    target.kind === 'named' ? openNamed(target.path) : openDated(target.folder, name),
  )
  if (first.file) return { file: first.file, warnings: [] }
  const wanted = target.kind === 'named' ? target.path : target.folder
  const folder = fallbackLogFolder(stateDir)
  const second = attempt(() => openDated(folder, name))
  if (second.file) {
    const why = first.isUnsafe ? `is not safe to use: ${first.detail}` : `cannot be written: ${first.detail}`
    const warnings = [`The log goes to ${folder}, because ${wanted} ${why}`]
    return { file: { ...second.file, isFallback: true }, warnings }
  }
  const warnings = [`No log file is written. ${wanted}: ${first.detail}. ${folder}: ${second.detail}`]
  return { file: null, warnings }
}

type Attempt =
  | { readonly file: OpenLogFile }
  | { readonly file: null; readonly detail: string; readonly isUnsafe: boolean }

class Unsafe extends Error {}

function attempt(open: () => OpenLogFile): Attempt {
  try {
    return { file: open() }
  } catch (error) {
    if (error instanceof Unsafe) return { file: null, detail: error.message, isUnsafe: true }
    return { file: null, detail: (error as NodeJS.ErrnoException).code ?? String(error), isUnsafe: false }
  }
}

function openDated(folder: string, name: string): OpenLogFile {
  ensureFolder(folder)
  const path = join(folder, name)
  return { ...openForAppend(path), path, folder, isFallback: false }
}

function openNamed(path: string): OpenLogFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  return { ...openForAppend(path), path, folder: null, isFallback: false }
}

function ensureFolder(folder: string): void {
  const found = inspectLogFolder(folder)
  if (found.kind === 'absent') {
    // Parents first and the folder by itself: a recursive mkdir accepts a link planted meanwhile.
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 })
    try {
      mkdirSync(folder, { mode: 0o700 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  const checked = inspectLogFolder(folder)
  if (checked.kind === 'unsafe') throw new Unsafe(checked.detail)
  if (checked.kind === 'ours' && !checked.isPrivate) chmodSync(folder, 0o700)
}

/** Not through a link, and without waiting for the reader of a FIFO. */
function openForAppend(path: string): Pick<OpenLogFile, 'fd' | 'endsWithinLine'> {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants
  const fd = openSync(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600)
  try {
    const stats = fstatSync(fd)
    if (!stats.isFile()) throw new Unsafe(`${path} is not a regular file`)
    if (stats.uid !== process.getuid?.()) throw new Unsafe(`user ${stats.uid} owns ${path}`)
    if (stats.nlink !== 1) throw new Unsafe(`${path} has another name`)
    if ((stats.mode & 0o077) !== 0) fchmodSync(fd, 0o600)
    return { fd, endsWithinLine: stats.size > 0 && lastByte(fd, stats.size) !== lineFeed }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

const lineFeed = 10

function lastByte(fd: number, size: number): number | undefined {
  const bytes = Buffer.alloc(1, lineFeed)
  readSync(fd, bytes, 0, 1, size - 1)
  return bytes[0]
}
