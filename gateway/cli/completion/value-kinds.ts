import { writtenLevels } from '../../../shared/log.ts'
import { secretStoreKinds } from '../../../shared/secrets.ts'

/** What may stand in one place of a command line. */
export type ValueKind =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'folders' }
  /** Asked for at each Tab. `alsoFiles`: a path may stand there, too. */
  | { readonly kind: 'asked'; readonly what: AskedValue; readonly alsoFiles: boolean }
  /** Known when the script is written: the keys of the configuration. */
  | { readonly kind: 'keys' }

export type AskedValue = 'secrets' | 'backups' | 'gateways' | 'channels'

const keys: ValueKind = { kind: 'keys' }
const backupFile: ValueKind = { kind: 'asked', what: 'backups', alsoFiles: true }
const asked = (what: AskedValue): ValueKind => ({ kind: 'asked', what, alsoFiles: false })
const words = (...all: readonly string[]): ValueKind => ({ kind: 'words', words: all })

/**
 * What neither a choice nor a placeholder says, by command and then the option, or the name of the argument. One of
 * another issue's commands that is not there yet does no harm.
 */
export const specialValues: Readonly<Record<string, ValueKind>> = {
  'logs --level': words(...writtenLevels),
  'secrets set name': asked('secrets'),
  'secrets delete name': asked('secrets'),
  'secrets move name': asked('secrets'),
  'secrets store place': words(...secretStoreKinds.map(hyphenated)),
  'backup verify file': backupFile,
  'backup restore file': backupFile,
  'backup delete name': asked('backups'),
  'backup key mode': words('own', 'passphrase', 'recipients'),
  'backup schedule state': words('on', 'off'),
  'update use id': asked('gateways'),
  'update remove id': asked('gateways'),
  'update follow package': words('clawdbot', 'openclaw', 'none'),
  'channels status id': asked('channels'),
  'config get key': keys,
  'config set key': keys,
  'config unset key': keys,
  'config schema key': keys,
}

/** `<file>` and `<folder>` name what they stand for. */
export function valueOfPlaceholder(name: string): ValueKind | null {
  if (/^(?:file|path)s?$/.test(name)) return { kind: 'files' }
  return /^(?:folder|dir)s?$/.test(name) ? { kind: 'folders' } : null
}

function hyphenated(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
