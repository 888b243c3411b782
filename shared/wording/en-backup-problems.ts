import type { BackupProblemParams } from '../backup-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const enBackupProblems: Record<keyof BackupProblemParams, ProblemText> = {
  JOB_BUSY: {
    what: 'This was not begun.',
    why: 'Another job is under way (`{{kind}}`), and only one at a time may touch the state.',
    remedy: 'Wait until it has ended, or cancel it, then try again.',
  },
  JOB_CANCELLED: {
    what: 'The job was cancelled.',
    why: 'It was asked to stop. Nothing of it remains.',
    remedy: 'Start it again whenever you like.',
  },
  BACKUP_FOLDER_MISSING: {
    what: 'No backup was made.',
    why: 'The folder for backups, `{{path}}`, is not there.',
    remedy: 'Plug in the disk it is on, make the folder, or choose another one for backups.',
  },
  BACKUP_FOLDER_UNUSABLE: {
    what: 'The folder for backups cannot be used.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Give your user the right to write there, or choose another folder for backups.',
  },
  BACKUP_NO_SPACE: {
    what: 'This was not begun: there is not enough room.',
    why: '`{{path}}` has {{limitBytes}} free, and {{bytes}} are needed.',
    remedy: 'Free space on that disk, or choose a folder on another one, then try again.',
  },
  BACKUP_WRITE_FAILED: {
    what: 'The backup could not be finished.',
    why: '`{{path}}` could not be written: `{{detail}}`. What had been written of it was removed.',
    remedy: 'See that the disk is there, has room and may be written to, then try again.',
  },
  BACKUP_STATE_UNREADABLE: {
    what: 'The gateway’s state cannot be read.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Give your user the right to read it, then try again.',
  },
  BACKUP_NOTHING_THERE: {
    what: 'There is nothing to back up.',
    why: '`{{path}}` holds no state of a gateway.',
    remedy: 'Start the gateway once, or name the right state folder in `MOLTBOT_STATE_DIR`.',
  },
  BACKUP_RECIPIENT_INVALID: {
    what: 'This is no age recipient.',
    why: '`{{recipient}}` cannot be read as one: it has been shortened, mistyped, or is of another kind.',
    remedy: 'Copy it again in full. A recipient begins with `age1`; `age-keygen -y` shows that of a key.',
  },
  BACKUP_PASSPHRASE_WEAK: {
    what: 'This passphrase is too weak for a backup.',
    why: 'Who has the file can try passphrases without limit: `{{detail}}`.',
    remedy: 'Choose a longer one, for instance five words that have nothing to do with each other.',
  },
  BACKUP_KEY_ELSEWHERE: {
    what: 'This machine cannot open the backup by itself.',
    why: 'The key for it is not kept here: `{{detail}}`.',
    remedy: 'Give the recovery sheet, another age identity file, or the passphrase it was made with.',
  },
  BACKUP_KEY_UNREADABLE: {
    what: 'The key for backups cannot be read.',
    why: 'Where it is kept: `{{detail}}`.',
    remedy: 'Unlock the store of secrets and try again, or give the recovery sheet.',
  },
  BACKUP_FILE_MISSING: {
    what: 'The backup is not there.',
    why: 'There is no file `{{path}}`.',
    remedy: 'Check its name, and plug in the disk it is on.',
  },
  BACKUP_FILE_UNREADABLE: {
    what: 'The backup cannot be opened.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Give your user the right to read it, and see that its disk is in order.',
  },
  BACKUP_FOREIGN_FILE: {
    what: 'This file is no backup.',
    why: '`{{path}}` is neither an age file nor a `.tar.gz`. Nothing was changed.',
    remedy: 'Choose a file that `moltbot backup create` or the manual’s script has made.',
  },
  BACKUP_WRONG_KEY: {
    what: 'This key does not open the backup.',
    why: '`{{path}}` was encrypted for another one.',
    remedy: 'Give the recovery sheet of the machine that made it. Its recipient is in the sheet.',
  },
  BACKUP_WRONG_PASSPHRASE: {
    what: 'This passphrase does not open the backup.',
    why: '`{{path}}` was made with another one.',
    remedy: 'Try again; mind capitals, spaces and the keyboard’s language.',
  },
  BACKUP_IDENTITY_INVALID: {
    what: 'This is no age identity file.',
    why: '`{{detail}}`.',
    remedy: 'Give a recovery sheet, or a file with a line that begins with `AGE-SECRET-KEY-`.',
  },
  BACKUP_DAMAGED: {
    what: 'The backup is damaged.',
    why: '`{{path}}` is not what was written: `{{detail}}`. Nothing was changed.',
    remedy: 'Use an older backup or another copy of this one, and check the disk it lay on.',
  },
  BACKUP_FUTURE_FORMAT: {
    what: 'This backup was made by a newer Moltbot Desktop.',
    why: '`{{path}}` is of format {{format}}, and this version reads up to {{limit}}. Nothing was changed.',
    remedy: 'Update Moltbot Desktop, then try again.',
  },
  BACKUP_REFUSED: {
    what: 'The backup was refused, to keep your data safe.',
    why: '`{{path}}` holds `{{entry}}`: `{{detail}}`. Nothing was changed.',
    remedy: 'Do not use this file unless you know who made it. Use another backup.',
  },
  BACKUP_NOT_OURS: {
    what: 'The file was not deleted.',
    why: '`{{name}}` is no backup in the folder for backups.',
    remedy: 'Choose one of the list, or remove the file yourself.',
  },
  BACKUP_NOT_DELETED: {
    what: 'The backup was not deleted.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Give your user the right to write in that folder, then try again.',
  },
  SHEET_NOT_WRITTEN: {
    what: 'The recovery sheet was not saved.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Choose a folder that you may write in and that has room.',
  },
  SHEET_EXISTS: {
    what: 'The recovery sheet was not saved.',
    why: '`{{path}}` exists already and was left as it is.',
    remedy: 'Choose another name.',
  },
  SHEET_NO_KEY: {
    what: 'There is no recovery sheet to save.',
    why: 'No key of this machine’s is in use: `{{detail}}`.',
    remedy: 'Keep the passphrase, or the owner’s own age key, in a safe place instead.',
  },
  RESTORE_GATEWAY_NOT_OURS: {
    what: 'Nothing was restored.',
    why: 'A gateway runs on this state that was not started from here: {{program}} (pid {{pid}}).',
    remedy: 'Stop that gateway yourself, then restore again.',
  },
  RESTORE_FAILED: {
    what: 'The restore could not be finished.',
    why: '`{{detail}}`. The state from before is in place; what was kept aside is at `{{keptAt}}`.',
    remedy: 'Put the cause right, then restore again.',
  },
  RESTORE_UNDONE: {
    what: 'The restore was taken back.',
    why: 'The gateway was not well with the restored state: `{{reason}}`. The former state is in place again.',
    remedy: 'Read the gateway’s log, and try another backup.',
  },
  RESTORE_INTERRUPTED: {
    what: 'A restore was cut off and could neither be finished nor undone.',
    why: '`{{path}}`: `{{detail}}`. Nothing was deleted.',
    remedy:
      'Put the cause right, then start Moltbot Desktop again: it tries once more before it starts the gateway.',
  },
}
