/** Codes about backups, restores and jobs. */
export type BackupProblemParams = {
  JOB_BUSY: { kind: string }
  JOB_CANCELLED: Record<never, never>
  /** The folder for backups is not there: not made by us, or on a disk that is not plugged in. */
  BACKUP_FOLDER_MISSING: { path: string }
  BACKUP_FOLDER_UNUSABLE: { path: string; detail: string }
  /** Not begun: so much is needed, and so much is there. */
  BACKUP_NO_SPACE: { path: string; bytes: number; limitBytes: number }
  /** Ended midway; what was written so far is gone again. */
  BACKUP_WRITE_FAILED: { path: string; detail: string }
  /** The state itself cannot be read, or there is none. */
  BACKUP_STATE_UNREADABLE: { path: string; detail: string }
  BACKUP_NOTHING_THERE: { path: string }
  BACKUP_RECIPIENT_INVALID: { recipient: string }
  BACKUP_PASSPHRASE_WEAK: { detail: string }
  BACKUP_KEY_ELSEWHERE: { detail: string }
  BACKUP_KEY_UNREADABLE: { detail: string }
  BACKUP_FILE_MISSING: { path: string }
  BACKUP_FILE_UNREADABLE: { path: string; detail: string }
  /** Neither an age file nor a `.tar.gz`. */
  BACKUP_FOREIGN_FILE: { path: string }
  BACKUP_WRONG_KEY: { path: string }
  BACKUP_WRONG_PASSPHRASE: { path: string }
  BACKUP_IDENTITY_INVALID: { detail: string }
  /** Cut short, flipped, or reordered: it is not what was written. */
  BACKUP_DAMAGED: { path: string; detail: string }
  /** Made by a newer version of this program. */
  BACKUP_FUTURE_FORMAT: { path: string; format: number; limit: number }
  /** An entry that no backup of ours has; the whole is refused. */
  BACKUP_REFUSED: { path: string; entry: string; detail: string }
  BACKUP_NOT_OURS: { name: string }
  BACKUP_NOT_DELETED: { path: string; detail: string }
  SHEET_NOT_WRITTEN: { path: string; detail: string }
  SHEET_EXISTS: { path: string }
  SHEET_NO_KEY: { detail: string }
  /** A gateway that is not ours runs on this state. */
  RESTORE_GATEWAY_NOT_OURS: { pid: number; program: string }
  RESTORE_FAILED: { detail: string; keptAt: string }
  /** The gateway was not well with the restored state; the former state is back. */
  RESTORE_UNDONE: { reason: string; keptAt: string }
  /** A restore was cut off and could not be finished or undone. */
  RESTORE_INTERRUPTED: { path: string; detail: string }
}
