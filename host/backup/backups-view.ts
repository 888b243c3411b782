import { type BackupsView, overdueAfterMs } from '../../shared/backups.ts'
import type { Problem } from '../../shared/problem.ts'
import { lookAtFolder } from './backup-folder.ts'
import type { BackupRecord } from './backup-record.ts'
import type { BackupsParts } from './backups.ts'
import { nextSlot, settledMemory } from './schedule.ts'
import { keptStates } from './swap/swap.ts'

/** What surfaces see: the record, the folder and the state folder as they are now. */
export async function backupsView(
  record: BackupRecord,
  {
    clock,
    hostPaths,
    statePaths,
    secrets,
  }: Pick<BackupsParts, 'clock' | 'hostPaths' | 'statePaths' | 'secrets'>,
  revision: number,
  choicesProblem: Problem | null,
): Promise<BackupsView> {
  const { wall } = clock.now()
  const folder = record.folder ?? hostPaths.backupFolder
  const { problem, files } = await lookAtFolder(
    { path: folder, isDefault: record.folder === null },
    record.verified,
  )
  return {
    revision,
    choicesProblem,
    folder,
    folderProblem: problem,
    files: files.map(({ mtimeMs: _mtimeMs, ...file }) => file),
    key: keyOf(record.key, secrets.view.store.kind),
    schedule: scheduleView(record, wall),
    last: record.last,
    keptStates: [...(await keptStates(statePaths.stateDir))],
  }
}

export function scheduleView(record: BackupRecord, now: number): BackupsView['schedule'] {
  const { enabled, at, keep } = record
  return { enabled, at, keep, nextAt: nextSlot(record, now), overdueSince: overdueSince(record, now) }
}

/** The moment from which a daily backup has been missing; null while that is not long ago. */
export function overdueSince(record: BackupRecord, now: number): number | null {
  if (!record.enabled) return null
  const { since } = settledMemory(record, record, now)
  const lastDone = record.lastDoneAt !== null && record.lastDoneAt <= now ? record.lastDoneAt : 0
  const from = Math.max(since, lastDone)
  return now - from > overdueAfterMs ? nextSlot(record, from) : null
}

function keyOf(key: BackupRecord['key'], store: 'keychain' | 'sealedFile' | 'envFile'): BackupsView['key'] {
  const here = store === 'envFile' ? 'keyFile' : store
  switch (key.mode) {
    case 'key': {
      const { recipient, sheetSavedAt } = key
      const isMade = recipient !== null
      return {
        mode: 'key',
        recipients: isMade ? [recipient] : [],
        keptIn: isMade ? here : null,
        sheetSavedAt,
      }
    }
    case 'passphrase':
      return { mode: 'passphrase', recipients: [], keptIn: here, sheetSavedAt: null }
    case 'recipients':
      return { mode: 'recipients', recipients: [...key.recipients], keptIn: null, sheetSavedAt: null }
  }
}
