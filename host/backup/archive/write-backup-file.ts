import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, lstatSync, openSync, renameSync, rmSync, unlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { ProblemError, problem } from '../../../shared/problem.ts'
import { writeFully } from './copy-file.ts'
import { syncFolderNow } from './sync-folder.ts'
import { writing } from './writing.ts'

/**
 * Writes a new file whole or not at all: to `partial` first, synced, then under its name, which must be
 * free. Throws BACKUP_FOLDER_MISSING, BACKUP_FOLDER_UNUSABLE or BACKUP_WRITE_FAILED, with nothing left.
 */
export async function writeBackupFile(
  partial: string,
  path: string,
  content: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: number; readonly digest: string }> {
  const folder = dirname(path)
  const file = inFolder(folder, () => openSync(partial, 'wx', 0o600))
  const hash = createHash('sha256')
  let bytes = 0
  let isNamed = false
  try {
    try {
      for await (const chunk of content) {
        writing(path, () => writeFully(file, chunk))
        hash.update(chunk)
        bytes += chunk.length
      }
      writing(path, () => fsyncSync(file))
    } finally {
      closeSync(file)
    }
    writing(path, () => giveName(partial, path))
    isNamed = true
    writing(path, () => syncFolderNow(folder))
  } catch (error) {
    rmSync(partial, { force: true })
    // What is not sure to stay must not be taken for a backup.
    if (isNamed) rmSync(path, { force: true })
    throw error
  }
  return { bytes, digest: hash.digest('hex') }
}

/** A rename would replace what has that name; a link does not. Not every disk knows links. */
function giveName(partial: string, path: string): void {
  try {
    linkSync(partial, path)
    unlinkSync(partial)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOENT') throw error
    if (lstatSync(path, { throwIfNoEntry: false }))
      throw Object.assign(new Error('it exists'), { code: 'EEXIST' })
    renameSync(partial, path)
  }
}

function inFolder<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw new ProblemError(
      code === 'ENOENT'
        ? problem('BACKUP_FOLDER_MISSING', { path: folder })
        : problem('BACKUP_FOLDER_UNUSABLE', { path: folder, detail: code }),
    )
  }
}
