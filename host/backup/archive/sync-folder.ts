import { closeSync, fsyncSync, openSync } from 'node:fs'

/** As `syncFolder` of `host/files/atomic-write.ts`, for a thread of its own, and for disks that know no such thing. */
export function syncFolderNow(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EPERM') throw error // FAT and some network disks
  } finally {
    closeSync(handle)
  }
}
