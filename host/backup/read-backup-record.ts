import { readFile } from 'node:fs/promises'
import { type BackupRecord, backupRecordSchema } from './backup-record.ts'

/** As the host keeps it, for who only looks; a damaged one is null, and left for the host to put aside. */
export async function readBackupRecord(backupsPath: string): Promise<BackupRecord | null> {
  try {
    return backupRecordSchema.safeParse(JSON.parse(await readFile(backupsPath, 'utf8'))).data ?? null
  } catch {
    return null
  }
}
