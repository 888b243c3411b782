import { rm } from 'node:fs/promises'
import { ProblemError } from '../../shared/problem.ts'
import type { SecretStoreKind } from '../../shared/secrets.ts'
import type { EnvFileStore } from './env-file-store.ts'
import type { KeychainStore } from './keychain-store.ts'
import { given, notWritten } from './outcome.ts'
import { privateAccounts } from './private-accounts.ts'
import { SealedStore } from './sealed-store.ts'
import { valueFlaw } from './secret-rules.ts'

export interface Stores {
  readonly keychain: KeychainStore
  readonly sealedFile: SealedStore
  readonly envFile: EnvFileStore
}

/** What goes from one store to another. */
export interface Luggage {
  readonly secrets: ReadonlyMap<string, string>
  readonly privates: ReadonlyMap<string, string>
}

/** All of these that the store has. Lines of `.env` that are too short to be secrets stay where they are. */
export async function pack(
  stores: Stores,
  from: SecretStoreKind,
  names: readonly string[],
): Promise<Luggage> {
  const store = stores[from]
  const read = async (accounts: readonly string[]) => {
    const values = new Map<string, string>()
    for (const account of accounts) {
      const value = given(await store.get(account))
      if (value !== null) values.set(account, value)
    }
    return values
  }
  const secrets = await read(names)
  for (const [name, value] of secrets) if (from === 'envFile' && valueFlaw(name, value)) secrets.delete(name)
  return { secrets, privates: await read(privateAccounts) }
}

/**
 * Puts everything into the store and reads it back. Throws with the store as it was before, but for values
 * of the same names that were in it.
 */
export async function unpack(
  stores: Stores,
  to: SecretStoreKind,
  { secrets, privates }: Luggage,
  sealing: { readonly passphrase: string; readonly now: number },
): Promise<void> {
  const all = [...privates, ...secrets]
  if (to === 'sealedFile') return seal(stores.sealedFile, Object.fromEntries(all), sealing)
  const store = stores[to]
  const look = await store.look()
  // One that is locked asks for its password when it is written to.
  if (look.problem && look.state !== 'locked') throw new ProblemError(look.problem)
  const added: string[] = []
  try {
    for (const [account, value] of all) {
      if (given(await store.get(account)) === null) added.push(account)
      given(await store.set(account, value))
      const read = given(await store.get(account))
      if (read !== value) throw new ProblemError(notWritten(account, read))
    }
  } catch (error) {
    for (const account of added) await store.delete(account)
    throw error
  }
}

/** What stays behind is there twice, and nothing is lost; so no failure counts here. */
export async function clear(stores: Stores, from: SecretStoreKind, luggage: Luggage): Promise<void> {
  if (from === 'sealedFile') {
    await rm(stores.sealedFile.title, { force: true }).catch(() => {})
    return
  }
  const { secrets, privates } = luggage
  for (const account of [...secrets.keys(), ...privates.keys()]) await stores[from].delete(account)
}

/** A sealed file that is there already, from before the index was lost, keeps what it has. */
async function seal(
  store: SealedStore,
  values: Readonly<Record<string, string>>,
  { passphrase, now }: { readonly passphrase: string; readonly now: number },
): Promise<void> {
  let former: Readonly<Record<string, string>> = {}
  if (await store.isThere()) {
    const opened = await store.unlock(passphrase)
    if (opened.ok) former = given(await store.readAll())
    else if (opened.code === 'SEALED_FILE_WRONG_PASSPHRASE') throw new ProblemError(opened)
    else await store.setAside(now)
  }
  given(await store.create(passphrase, { ...former, ...values }))
  const reopened = new SealedStore(store.title)
  given(await reopened.unlock(passphrase))
  const read = given(await reopened.readAll())
  for (const [name, value] of Object.entries(values)) {
    if (read[name] !== value) throw new ProblemError(notWritten(name, read[name] ?? null))
  }
}
