import { chmodSync, closeSync, constants, fchmodSync, fstatSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inspectLogFolder } from '../../host/config/log-folder.ts'
import { datedLogName, fallbackLogFolder, type LogTarget } from '../../host/config/log-path.ts'

export interface OpenLogFile {
  readonly fd: number
  readonly path: string
  /** Set where the file is a dated one of a folder of ours. */
  readonly folder: string | null
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
export function openLogFile(target: LogTarget, stateDir: string, date: Date): LogFileOutcome {
  const warnings: string[] = []
  const first = attempt(() =>
    target.kind === 'named' ? openNamed(target.path) : openDated(target.folder, date),
  )
  if (first.file) return { file: first.file, warnings }
  const wanted = target.kind === 'named' ? target.path : target.folder
  const folder = fallbackLogFolder(stateDir)
  const second = attempt(() => openDated(folder, date))
  if (second.file) {
    warnings.push(`The log goes to ${folder}, because ${wanted} is not safe to use: ${first.detail}`)
    return { file: second.file, warnings }
  }
  warnings.push(`No log file is written. ${wanted}: ${first.detail}. ${folder}: ${second.detail}`)
  return { file: null, warnings }
}

type Attempt = { readonly file: OpenLogFile } | { readonly file: null; readonly detail: string }

class Unsafe extends Error {}

function attempt(open: () => OpenLogFile): Attempt {
  try {
    return { file: open() }
  } catch (error) {
    if (error instanceof Unsafe) return { file: null, detail: error.message }
    return { file: null, detail: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
}

function openDated(folder: string, date: Date): OpenLogFile {
  ensureFolder(folder)
  const path = join(folder, datedLogName(date))
  return { fd: openForAppend(path), path, folder }
}

function openNamed(path: string): OpenLogFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  return { fd: openForAppend(path), path, folder: null }
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
function openForAppend(path: string): number {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants
  const fd = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600)
  try {
    const stats = fstatSync(fd)
    if (!stats.isFile()) throw new Unsafe(`${path} is not a regular file`)
    if (stats.uid !== process.getuid?.()) throw new Unsafe(`user ${stats.uid} owns ${path}`)
    if (stats.nlink !== 1) throw new Unsafe(`${path} has another name`)
    if ((stats.mode & 0o077) !== 0) fchmodSync(fd, 0o600)
    return fd
  } catch (error) {
    closeSync(fd)
    throw error
  }
}
