import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readBackupRecord } from '../../../host/backup/read-backup-record.ts'
import type { HostPaths } from '../../../host/host-paths.ts'

/**
 * A folder other than the usual one in which there are backups, or may be: its disk may not be plugged in. They stay
 * the owner's, and are lost without the key. Null where none is known of.
 */
export async function backupsElsewhere({ backupsPath, backupFolder }: HostPaths): Promise<string | null> {
  const record = await readBackupRecord(backupsPath)
  if (!record) {
    const isThere = await lstat(backupsPath).catch(() => null)
    return isThere && `a folder that ${backupsPath} may name, which cannot be read`
  }
  for (const path of record.made) {
    if (dirname(path) !== backupFolder && !(await isGone(path))) return dirname(path)
  }
  return record.folder
}

async function isGone(path: string): Promise<boolean> {
  const [file, folder] = await Promise.all([path, dirname(path)].map((at) => lstat(at).catch(() => null)))
  return !file && folder !== null
}
