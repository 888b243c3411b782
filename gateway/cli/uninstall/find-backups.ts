import { lstat } from 'node:fs/promises'
import { backupNamePattern } from '../../../shared/backups.ts'
import { backupsElsewhere } from './backups-elsewhere.ts'
import { nothingToDo, type Removable, type UninstallGround } from './removable.ts'
import { bytesOf, type OwnFile, ownFiles, removeEmpty, removeFiles, removeOwn } from './remove-own.ts'

/** Backups in the usual folder; those that went elsewhere are the owner's, on a disk of theirs, and so is their key. */
export async function findBackups({ hostPaths, uid, wishes }: UninstallGround): Promise<Removable[]> {
  const { backupFolder, backupKeyPath, backupsPath } = hostPaths
  const kept = wishes.backups ? null : 'backups stay unless you add --backups'
  const files = await ownFiles(backupFolder, uid, (name) => backupNamePattern.test(name))
  const found: Removable[] = []
  if (files.length > 0) {
    found.push({
      what: files.length === 1 ? 'one backup' : `${files.length} backups`,
      place: backupFolder,
      bytes: bytesOf(files),
      kept,
      remove: kept === null ? () => removeBackups(files, backupFolder, uid) : nothingToDo,
    })
  }
  const elsewhere = await backupsElsewhere(hostPaths)
  const opens = elsewhere && `it opens the backups in ${elsewhere}: yours to remove, with them`
  if (await isThere(backupKeyPath)) {
    const why = kept ?? opens
    const remove = why === null ? () => removeOwn(backupKeyPath, uid) : nothingToDo
    found.push({ what: 'the key that opens backups', place: backupKeyPath, bytes: null, kept: why, remove })
  }
  if (await isThere(backupsPath)) {
    // Nothing else knows of those elsewhere.
    const why = elsewhere && `it names the backups in ${elsewhere}`
    const remove = why === null ? () => removeOwn(backupsPath, uid) : nothingToDo
    found.push({ what: 'the record of backups', place: backupsPath, bytes: null, kept: why, remove })
  }
  return found
}

async function removeBackups(files: readonly OwnFile[], folder: string, uid: number): Promise<string | null> {
  const detail = await removeFiles(files, uid)
  await removeEmpty(folder, uid)
  return detail
}

export function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
