import { lookAtFolder } from '../../../host/backup/backup-folder.ts'
import { firstBackupRecord } from '../../../host/backup/backup-record.ts'
import { scheduleView } from '../../../host/backup/backups-view.ts'
import { readBackupRecord } from '../../../host/backup/read-backup-record.ts'
import type { HostPaths } from '../../../host/host-paths.ts'
import type { BackupsView } from '../../../shared/backups.ts'
import type { BackupFacts } from './status-facts.ts'

export function backupFactsOf({ folder, files, schedule }: BackupsView): BackupFacts {
  return { folder, latest: files[0] ?? null, count: files.length, schedule }
}

/** Where no host runs: by its record and the folder. */
export async function backupFactsAlone(
  { backupsPath, backupFolder }: HostPaths,
  now: number,
): Promise<BackupFacts> {
  const stored = await readBackupRecord(backupsPath)
  const record = stored ?? firstBackupRecord(now)
  const folder = record.folder ?? backupFolder
  const { files } = await lookAtFolder({ path: folder, isDefault: record.folder === null }, record.verified)
  return {
    folder,
    latest: files[0] ?? null,
    count: files.length,
    schedule: stored ? scheduleView(record, now) : null,
  }
}
