import type { SecretProblemParams } from '../secret-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const enSecretProblems: Record<keyof SecretProblemParams, ProblemText> = {
  KEYCHAIN_ABSENT: {
    what: 'There is no keychain in this session.',
    why: 'This is missing: `{{detail}}`.',
    remedy:
      'Sign in to a desktop that has one, or keep secrets in a sealed file: `moltbot secrets store sealed-file`.',
  },
  KEYCHAIN_LOCKED: {
    what: 'The keychain is locked.',
    why: 'It wants its password, and nobody has given it.',
    remedy: 'Unlock it (on Linux in “Passwords and Keys”, on macOS in “Keychain Access”), then try again.',
  },
  KEYCHAIN_DENIED: {
    what: 'The keychain refused this program.',
    why: '`{{detail}}`.',
    remedy: 'Try again and allow it when you are asked, or allow it in the settings of the keychain.',
  },
  KEYCHAIN_WAITING: {
    what: 'The keychain has not answered yet.',
    why: 'It has been silent for {{seconds}} s: it may be asking for its password on the screen.',
    remedy: 'Look for its window and answer it. Nothing else is held up meanwhile.',
  },
  KEYCHAIN_FAILED: {
    what: 'The keychain cannot be used.',
    why: '`{{detail}}`.',
    remedy: 'Try again. If this stays, sign out and in, or keep secrets in a sealed file.',
  },
  SEALED_FILE_LOCKED: {
    what: 'The sealed file is locked.',
    why: 'Nobody has given the passphrase of `{{path}}` since Moltbot Desktop started.',
    remedy: 'Give the passphrase here, or run `moltbot secrets unlock`.',
  },
  SEALED_FILE_WRONG_PASSPHRASE: {
    what: 'The passphrase is not right.',
    why: 'It does not open `{{path}}`.',
    remedy: 'Type it again; capital letters and spaces count.',
  },
  SEALED_FILE_UNREADABLE: {
    what: 'The sealed file cannot be read.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy:
      'Put the file back from a backup, or move it away, choose the store anew and set your secrets again.',
  },
  SECRET_NAME_INVALID: {
    what: 'This is not a name for a secret.',
    why: 'A name has capital letters, digits and underscores, does not begin with a digit and has at most 64 characters.',
    remedy: 'Choose a name such as `ANTHROPIC_API_KEY`. The value itself is asked for separately.',
  },
  SECRET_TOO_SHORT: {
    what: 'The value of `{{name}}` is too short.',
    why: 'It must have at least {{least}} characters, so that nobody guesses it and it can be masked in logs.',
    remedy: 'Check that all of it was copied, then set it again.',
  },
  SECRET_TOO_LONG: {
    what: 'The value of `{{name}}` is too long.',
    why: 'It has {{bytes}}; at most {{limitBytes}} are kept.',
    remedy:
      'Check that it is the right text; keep a larger one in a file and name that in the configuration.',
  },
  SECRET_VALUE_INVALID: {
    what: 'The value of `{{name}}` cannot be kept.',
    why: 'It has a character that does not belong in it: `{{detail}}`.',
    remedy: 'Copy it again as plain text, then set it again.',
  },
  SECRET_UNKNOWN: {
    what: 'There is no such secret.',
    why: '`{{name}}` is not in the store, nor in the file `.env`.',
    remedy: 'See which there are: `moltbot secrets list`.',
  },
  SECRET_FROM_ENVIRONMENT: {
    what: 'The secret was not changed.',
    why: 'The environment in which Moltbot Desktop was started gives `{{name}}`, and that counts before any store.',
    remedy: 'Change or remove the variable where it is set, then start Moltbot Desktop again.',
  },
  SECRET_FROM_CONFIG: {
    what: 'The secret was not changed.',
    why: 'The configuration `{{path}}` has the value of `{{name}}` written out, and that counts before any store.',
    remedy: 'Write a reference there instead (a dollar sign, then the name in braces), then try again.',
  },
  SECRET_MISSING: {
    what: 'A secret is missing.',
    why: '`{{usedBy}}` needs `{{name}}`, and nothing gives it.',
    remedy: 'Set it here, or run `moltbot secrets set {{name}}`.',
  },
  SECRET_NOT_WRITTEN: {
    what: 'The secret was not changed.',
    why: '`{{name}}` did not read back from the store as it was written: `{{detail}}`.',
    remedy: 'Try again. What was there before has not been taken away.',
  },
  ENV_FILE_NOT_WRITTEN: {
    what: 'The secret was not changed.',
    why: '`{{path}}` could not be written: `{{detail}}`.',
    remedy: 'Free space on the disk, or give yourself the right to write the file, then try again.',
  },
  ENV_FILE_CANNOT_HOLD: {
    what: 'The secret was not changed.',
    why: 'The value of `{{name}}` mixes quotes or line ends in a way that `{{path}}` cannot hold.',
    remedy: 'Keep secrets in the keychain or in a sealed file, which hold any text.',
  },
  SECRET_STAYS_IN_ENV_FILE: {
    what: 'The secret was not moved.',
    why: '`{{path}}` is where you keep secrets, so `{{name}}` is where it belongs.',
    remedy: 'Choose the keychain or a sealed file as the store first; that takes all of them along.',
  },
  PASSPHRASE_NEEDED: {
    what: 'A sealed file needs a passphrase.',
    why: 'Without one, anybody who has the file could read it.',
    remedy:
      'Choose one that only you know, for instance five unrelated words, and keep it where you find it again.',
  },
}
