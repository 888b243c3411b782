import { AsyncEntry } from '@napi-rs/keyring'
import type { KeychainFailure, KeychainRequest } from './keychain-message.ts'

export type StoreCall = Exclude<KeychainRequest, { act: 'probe' }>
export type StoreAnswer = { ok: true; value: string | boolean | null } | KeychainFailure

/** Without it the library falls back to the kernel's keyring in silence, which forgets all at the next boot. */
const options = { linux: { store: 'secret-service' } } as const

/** One call of the native library. It may block the thread for as long as a prompt is open. */
export async function callLibrary(call: StoreCall): Promise<StoreAnswer> {
  try {
    const entry = new AsyncEntry(call.service, call.account, options)
    return { ok: true, value: await answerOf(entry, call) }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { ok: false, state: process.platform === 'darwin' ? darwinState(detail) : 'failed', detail }
  }
}

async function answerOf(entry: AsyncEntry, call: StoreCall): Promise<string | boolean | null> {
  if (call.act === 'get') return (await entry.getPassword()) ?? null
  if (call.act === 'delete') return entry.deleteCredential()
  await entry.setPassword(call.value)
  return null
}

/**
 * Apple's texts for errSecAuthFailed, errSecUserCanceled, errSecInteractionNotAllowed and
 * errSecNoDefaultKeychain, or their numbers. Elsewhere the store itself is asked how it is.
 */
function darwinState(detail: string): KeychainFailure['state'] {
  if (/-25293|-128\b|passphrase you entered is not correct|cancell?ed|denied/i.test(detail)) return 'denied'
  if (/-25308|interaction is not allowed/i.test(detail)) return 'locked'
  if (/-25307|-25294|default keychain could not be found|keychain could not be found/i.test(detail)) {
    return 'absent'
  }
  return 'failed'
}
