import { type Problem, problem } from '../../shared/problem.ts'
import type { SecretsOwner } from '../secrets/secrets.ts'
import type { Lock, Opening } from './archive/archive-work.ts'
import type { BackupRecord } from './backup-record.ts'
import { checkRecipient, newIdentity, recipientOf } from './keys/age-keys.ts'

export type KeyStore = Pick<SecretsOwner, 'readPrivate' | 'writePrivate'>
type Outcome<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Problem)

/** Shorter ones are guessed from a stolen file in hours, whatever scrypt costs. */
const passphraseMinLength = 12

/**
 * What a backup is encrypted for by the owner's choice. A key of our own is made and kept at the first
 * backup. Its public half is enough while the store cannot be read: a locked keychain stops no backup. Where
 * the store can be read and has the key no more, another is made: nobody could open what the former one closes.
 */
export async function usualLock(
  key: BackupRecord['key'],
  store: KeyStore,
): Promise<Outcome<{ readonly lock: Lock; readonly recipient: string | null }>> {
  switch (key.mode) {
    case 'recipients':
      return { ok: true, value: { lock: { recipients: key.recipients }, recipient: null } }
    case 'passphrase': {
      const kept = await store.readPrivate('backup-passphrase')
      if (!kept.ok) return kept
      if (kept.value === null) return { ok: false, ...problem('PASSPHRASE_NEEDED', {}) }
      return { ok: true, value: { lock: { passphrase: kept.value }, recipient: null } }
    }
    case 'key': {
      const found = await ownRecipient(store, key.recipient)
      const recipient = typeof found === 'string' ? found : key.recipient
      if (recipient === null) return found as Exclude<typeof found, string>
      return { ok: true, value: { lock: { recipients: [recipient] }, recipient } }
    }
  }
}

/** A lock that somebody names for one backup. */
export async function givenLock(order: {
  readonly recipients?: readonly string[] | undefined
  readonly passphrase?: string | undefined
}): Promise<Outcome<Lock> | null> {
  if (order.passphrase !== undefined) {
    const weak = weakPassphrase(order.passphrase)
    return weak ? { ok: false, ...weak } : { ok: true, value: { passphrase: order.passphrase } }
  }
  if (!order.recipients?.length) return null
  const wrong = await findWrongRecipient(order.recipients)
  return wrong ? { ok: false, ...wrong } : { ok: true, value: { recipients: order.recipients } }
}

/** What this machine keeps to read its own backups; empty where it keeps nothing. */
export async function usualOpening(store: KeyStore): Promise<Outcome<Opening>> {
  const identity = await store.readPrivate('backup-identity')
  if (!identity.ok) return identity
  const passphrase = await store.readPrivate('backup-passphrase')
  if (!passphrase.ok) return passphrase
  return {
    ok: true,
    value: { identity: identity.value ?? undefined, passphrase: passphrase.value ?? undefined },
  }
}

export function weakPassphrase(passphrase: string): Problem | null {
  if ([...passphrase].length >= passphraseMinLength) return null
  return problem('BACKUP_PASSPHRASE_WEAK', { detail: `at least ${passphraseMinLength} characters` })
}

export async function findWrongRecipient(recipients: readonly string[]): Promise<Problem | null> {
  const fits = await Promise.all(recipients.map(checkRecipient))
  const at = fits.indexOf(false)
  return at < 0 ? null : problem('BACKUP_RECIPIENT_INVALID', { recipient: shown(recipients[at] ?? '', at) })
}

/** Never the text itself where it may be the secret half, which looks alike and is mistaken for it. */
function shown(recipient: string, at: number): string {
  if (/^age1[a-z0-9]+$/.test(recipient)) return recipient.slice(0, 80)
  return /^AGE-SECRET-KEY-/i.test(recipient) ? 'AGE-SECRET-KEY-…' : `#${at + 1}`
}

/** `known` spares working it out of the key each day. */
async function ownRecipient(
  store: KeyStore,
  known: string | null,
): Promise<string | ({ readonly ok: false } & Problem)> {
  const kept = await store.readPrivate('backup-identity')
  if (!kept.ok) return kept
  if (kept.value !== null) return known ?? recipientOf(kept.value)
  const identity = await newIdentity()
  const written = await store.writePrivate('backup-identity', identity)
  return written.ok ? recipientOf(identity) : written
}
