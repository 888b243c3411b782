import { createHash } from 'node:crypto'
import { closeSync, constants, fsyncSync, lstatSync, openSync, renameSync, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ReleaseManifest } from '../../shared/release-manifest.ts'

const chunkBytes = 1024 * 1024

/** A verified file beside the one that it is to replace. */
export interface StagedFile {
  /** Puts it into the other's place, at once and whole; throws where that cannot be. */
  commit(): void
  /** Takes it away again; after `commit` there is nothing left to take. */
  discard(): Promise<void>
}

/**
 * Copies `source` beside `target`, ready to replace it: what is hashed is what is copied, byte for byte and
 * through one descriptor, so that nothing can be exchanged between the look and the use. The target is not
 * touched before `commit`, and at any moment, also after a kill, it is whole: the old file or the new one.
 * Rejects with the system's error, or a plain one that says what is wrong with the source.
 */
export async function stageFile(
  source: string,
  target: string,
  expected: Pick<ReleaseManifest['file'], 'bytes' | 'sha512'>,
): Promise<StagedFile> {
  const before = await lstat(target)
  if (!before.isFile()) throw new Error(`${target} is no file`)
  const staged = stagedPath(target)
  await removeStaged(target)
  const from = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const to = await open(staged, 'wx', 0o600)
    try {
      await copyVerified(from, to, expected)
      await to.chmod((before.mode & 0o777) | 0o700)
      await to.sync()
      return stagedFile(staged, target, await to.stat())
    } catch (error) {
      await rm(staged, { force: true })
      throw error
    } finally {
      await to.close() // a program that is open for writing cannot be started
    }
  } finally {
    await from.close()
  }
}

/** What a copy that was cut off has left beside `target`. */
export function removeStaged(target: string): Promise<void> {
  return rm(stagedPath(target), { force: true })
}

function stagedPath(target: string): string {
  return join(dirname(target), `.${basename(target)}.moltbot-new`)
}

function stagedFile(staged: string, target: string, made: Stats): StagedFile {
  return {
    commit() {
      const now = lstatSync(staged)
      const isSame = now.ino === made.ino && now.dev === made.dev && now.size === made.size
      if (!isSame || now.mtimeMs !== made.mtimeMs) throw new Error(`${staged} was changed meanwhile`)
      renameSync(staged, target)
      syncFolderNow(dirname(target))
    },
    discard: () => rm(staged, { force: true }),
  }
}

async function copyVerified(
  from: FileHandle,
  to: FileHandle,
  { bytes, sha512 }: Pick<ReleaseManifest['file'], 'bytes' | 'sha512'>,
): Promise<void> {
  const stat = await from.stat()
  if (!stat.isFile() || stat.size !== bytes) throw new Error(`${stat.size} bytes instead of ${bytes}`)
  const digest = createHash('sha512')
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (let done = 0; done < bytes; ) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(chunkBytes, bytes - done), done)
    if (bytesRead === 0) throw new Error('it became shorter while it was read')
    const piece = buffer.subarray(0, bytesRead)
    digest.update(piece)
    await to.writeFile(piece)
    done += bytesRead
  }
  if (digest.digest('base64') !== sha512) throw new Error('the checksum is not that of the release')
}

/** Without waiting for a turn of the event loop: the application is about to end. */
function syncFolderNow(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
