import { randomBytes } from 'node:crypto'
import { open, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Replaces `path` whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.
 * A reader, and a kill or power loss at any moment, finds the old bytes or the new ones.
 * The file is made with `mode` (default 0600) whatever the umask. Rejects with the system's error, or that
 * of `beforeRename`, the last look before the new bytes take the place; the old file is then untouched.
 * `temporary` is in the same folder; whoever names it can find what a kill has left.
 */
export async function writeFileAtomically(
  path: string,
  data: string | Uint8Array,
  mode = 0o600,
  beforeRename: () => Promise<void> = async () => {},
  temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`),
): Promise<void> {
  const file = await open(temporary, 'wx', mode)
  try {
    try {
      await file.chmod(mode)
      await file.writeFile(data)
      await file.sync()
    } finally {
      await file.close()
    }
    await beforeRename()
    await rename(temporary, path)
  } catch (error) {
    await unlink(temporary).catch(() => {}) // the first error is the one to report
    throw error
  }
  await syncFolder(dirname(path))
}

/** Makes a rename, creation or removal inside `folder` survive a power loss. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
