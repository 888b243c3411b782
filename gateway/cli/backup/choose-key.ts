import type { BackupKeyChange } from '../../../shared/backups.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { KeyOptions } from '../commands/backup.ts'
import { hostForCommand } from '../own-host/own-host.ts'
import { failWith, sayJson, sayLine, tellUsage } from '../tell.ts'
import { readPassphrase } from './opening-options.ts'

/** Chooses what backups are encrypted for; resolves to the exit code. */
export async function chooseKey(mode: string, options: KeyOptions): Promise<number> {
  const change = await readChange(mode, options)
  if (typeof change === 'string') {
    tellUsage(change)
    return exitCode.wrongUsage
  }
  const isJson = options.json === true
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, isJson)
  try {
    const chosen = await reached.host.call('backups.useKey', change)
    if (!chosen.ok) return failWith(chosen, isJson)
    if (isJson) sayJson({ ok: true, key: chosen.value.key })
    else sayLine(said[change.mode])
    return exitCode.done
  } finally {
    await reached.close()
  }
}

async function readChange(mode: string, options: KeyOptions): Promise<BackupKeyChange | string> {
  if (mode === 'own') return { mode: 'key' }
  if (mode === 'recipients') {
    if (options.recipient.length === 0) return 'Name at least one --recipient'
    return { mode: 'recipients', recipients: [...options.recipient] }
  }
  if (mode !== 'passphrase') return 'The key is own, passphrase or recipients'
  const passphrase = await readPassphrase(options.passphraseFile)
  if (!passphrase.ok) return passphrase.detail
  if (passphrase.value === undefined) return 'Name the file that holds it: --passphrase-file'
  return { mode: 'passphrase', passphrase: passphrase.value }
}

const said = {
  key: 'From now on, backups are encrypted for a key that this machine keeps. Save its recovery sheet: moltbot backup recovery-sheet',
  passphrase:
    'From now on, backups are encrypted with your passphrase, which this machine keeps for the schedule.',
  recipients:
    'From now on, backups are encrypted for your own keys. This machine cannot read, hence not verify, them.',
} as const
