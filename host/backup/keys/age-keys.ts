import type { Encrypter } from 'age-encryption'
import { type Problem, problem } from '../../../shared/problem.ts'

/** Ten megabytes of a host's memory, which most of its days need none of this. */
const age = () => import('age-encryption')

const identityLine = /^AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+$/
const maxIdentities = 20

/** A new key: one line, `AGE-SECRET-KEY-1…`. */
export async function newIdentity(): Promise<string> {
  return (await age()).generateX25519Identity()
}

/** The public half of a key, `age1…`. Rejects where it is no key. */
export async function recipientOf(identity: string): Promise<string> {
  return (await age()).identityToRecipient(identity.trim())
}

/** Whether a backup can be made for it: `age1…`, also the hybrid `age1pq1…` and those of tokens. */
export async function checkRecipient(text: string): Promise<boolean> {
  const { Encrypter } = await age()
  try {
    new Encrypter().addRecipient(text)
    return true
  } catch {
    return false
  }
}

/** What encrypts for a lock. */
export async function encrypterFor(
  lock: { readonly recipients: readonly string[] } | { readonly passphrase: string },
): Promise<Encrypter> {
  const encrypter = new (await age()).Encrypter()
  if ('passphrase' in lock) encrypter.setPassphrase(lock.passphrase)
  else for (const recipient of lock.recipients) encrypter.addRecipient(recipient)
  return encrypter
}

/**
 * The keys in the text of an age identity file: one a line, with empty lines and `#` comments between, as
 * `age-keygen` writes it and as a recovery sheet is. BACKUP_IDENTITY_INVALID says what is wrong.
 */
export async function parseIdentityText(
  text: string,
): Promise<{ readonly ok: true; readonly identities: string[] } | ({ readonly ok: false } & Problem)> {
  const identities: string[] = []
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    // The line itself may be most of a key, and must be in no message.
    const isKey = identityLine.test(line) && (await recipientOf(line).then(Boolean, () => false))
    if (!isKey) return invalid(`line ${index + 1} is neither a key nor a comment`)
    identities.push(line)
  }
  if (identities.length === 0) return invalid('there is no key in it')
  if (identities.length > maxIdentities) return invalid(`there are more than ${maxIdentities} keys in it`)
  return { ok: true, identities }
}

function invalid(detail: string): { readonly ok: false } & Problem {
  return { ok: false, ...problem('BACKUP_IDENTITY_INVALID', { detail }) }
}
