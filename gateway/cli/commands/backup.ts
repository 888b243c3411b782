import { Command } from 'commander'

interface JsonOption {
  readonly json?: true
}

const openingHelp = 'the age identity, or recovery sheet, that opens it; else what this machine keeps'
const passphraseHelp = 'a file with the passphrase that opens it; - reads standard input'

export function backupCommand(finish: (code: number) => void): Command {
  const backup = new Command('backup')
    .summary('make, check and restore encrypted backups of the state')
    .description(
      'Backups are age files: `age -d -i SHEET FILE | tar xz` opens one without this program. With no host ' +
        'running, the commands do the work by themselves.',
    )
    .addHelpText('after', examples)
  const json = ['--json', 'print the result as JSON'] as const

  backup
    .command('create')
    .description('make a backup now, and read it back')
    .option('--to <folder>', 'another folder than the usual one; nothing older is deleted there')
    .option('--recipient <age1…>', 'encrypt it for this age recipient instead; may be repeated', collect, [])
    .option('--passphrase-file <file>', 'encrypt it with the passphrase in this file instead')
    .option(...json)
    .action(async (options: CreateOptions) => {
      const { createBackup } = await import('../backup/create-backup.ts')
      finish(await createBackup(options))
    })
  backup
    .command('list')
    .description('show the backups in the usual folder, and when the next one is due')
    .option(...json)
    .action(async (options: JsonOption) => {
      const { listBackups } = await import('../backup/list-backups.ts')
      finish(await listBackups(options))
    })
  backup
    .command('verify')
    .description('read every byte of a backup and compare it with its list')
    .argument('<file>', 'a path, or the name of one in this folder or the usual one')
    .option('--identity <file>', openingHelp)
    .option('--passphrase-file <file>', passphraseHelp)
    .option(...json)
    .action(async (file: string, options: OpenOptions) => {
      const { verifyBackup } = await import('../backup/verify-backup.ts')
      finish(await verifyBackup(file, options))
    })
  backup
    .command('restore')
    .description('show what a backup would change, then put its state in the place of the present one')
    .argument(
      '<file>',
      'a path, or the name of one in this folder or the usual one; a .tar.gz of the manual’s script, too',
    )
    .option('--identity <file>', openingHelp)
    .option('--passphrase-file <file>', passphraseHelp)
    .option('--yes', 'do not ask')
    .option(...json)
    .action(async (file: string, options: RestoreOptions) => {
      const { restoreBackup } = await import('../backup/restore-backup.ts')
      finish(await restoreBackup(file, options))
    })
  backup
    .command('delete')
    .description('delete one backup in the usual folder')
    .argument('<name>', 'its name, as `backup list` shows it')
    .option('--yes', 'do not ask')
    .option(...json)
    .action(async (name: string, options: DeleteOptions) => {
      const { deleteBackup } = await import('../backup/delete-backup.ts')
      finish(await deleteBackup(name, options))
    })
  backup
    .command('recovery-sheet')
    .description('save the sheet that opens your backups on another machine; keep it somewhere else')
    .option('--to <file>', 'where to; else a new file in your home folder')
    .option(...json)
    .action(async (options: SheetOptions) => {
      const { saveRecoverySheet } = await import('../backup/save-recovery-sheet.ts')
      finish(await saveRecoverySheet(options))
    })
  backup
    .command('key')
    .description('choose what backups are encrypted for from now on')
    .argument('<mode>', 'own: a key that this machine keeps; passphrase; or recipients: your own age keys')
    .option('--recipient <age1…>', 'for recipients; may be repeated', collect, [])
    .option('--passphrase-file <file>', 'for passphrase')
    .option(...json)
    .action(async (mode: string, options: KeyOptions) => {
      const { chooseKey } = await import('../backup/choose-key.ts')
      finish(await chooseKey(mode, options))
    })
  backup
    .command('schedule')
    .description('show or change the daily backup')
    .argument('[state]', 'on or off')
    .option('--at <HH:MM>', 'time of day, as on this machine’s clock')
    .option('--keep <n>', 'how many backups stay, 1 to 365')
    .option('--folder <folder>', 'where they go; "default" is the usual place')
    .option(...json)
    .action(async (state: string | undefined, options: ScheduleOptions) => {
      const { changeSchedule } = await import('../backup/change-schedule.ts')
      finish(await changeSchedule(state, options))
    })
  return backup
}

export interface CreateOptions extends JsonOption {
  readonly to?: string
  readonly recipient: readonly string[]
  readonly passphraseFile?: string
}
export interface OpenOptions extends JsonOption {
  readonly identity?: string
  readonly passphraseFile?: string
}
export interface RestoreOptions extends OpenOptions {
  readonly yes?: true
}
export interface DeleteOptions extends JsonOption {
  readonly yes?: true
}
export interface SheetOptions extends JsonOption {
  readonly to?: string
}
export interface KeyOptions extends JsonOption {
  readonly recipient: readonly string[]
  readonly passphraseFile?: string
}
export interface ScheduleOptions extends JsonOption {
  readonly at?: string
  readonly keep?: string
  readonly folder?: string
}

function collect(value: string, known: readonly string[]): readonly string[] {
  return [...known, value]
}

const examples = `
Examples:
  moltbot backup create
  moltbot backup create --to /media/stick --passphrase-file phrase.txt
  moltbot backup verify moltbot-20261122-033000.tar.gz.age
  moltbot backup restore ~/moltbot-20261122-033000.tar.gz.age --identity sheet.txt
  moltbot backup schedule on --at 03:30 --keep 7

Exit codes:
  0 done   1 failed, or not confirmed   2 wrong usage   3 the host is not reachable`
