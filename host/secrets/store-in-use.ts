import { ProblemError, problem } from '../../shared/problem.ts'
import type { SecretStoreKind } from '../../shared/secrets.ts'
import type { Clock } from '../clock.ts'
import type { KnownValues } from './known-values.ts'
import { given, lookOf, notWritten, problemIn } from './outcome.ts'
import { nameFlaw } from './secret-rules.ts'
import type { StoreLook, StoreOutcome } from './secret-store.ts'
import type { SecretsIndex } from './secrets-index.ts'
import type { Luggage, Stores } from './transfer.ts'

interface StoreParts {
  readonly stores: Stores
  readonly index: SecretsIndex
  readonly known: KnownValues
  readonly clock: Clock
  readonly isSealedThere: boolean
  /** Another store, another state of it, or another value. */
  changed(): void
}

/**
 * The store that the owner has now: which it is, how it is by its last answer, and what is in it by the index.
 * An owner who has not chosen gets the keychain where there is one; the first value that goes in decides.
 */
export class StoreInUse {
  readonly #parts: StoreParts
  /** As read or written last. */
  readonly #values = new Map<string, string>()
  #kind: SecretStoreKind
  #look: StoreLook = { state: 'ready', problem: null }
  #isKeychainThere: boolean

  constructor(parts: StoreParts) {
    const { stores, index, isSealedThere } = parts
    this.#parts = parts
    this.#isKeychainThere = stores.keychain.isThere
    this.#kind = index.content.kind ?? (isSealedThere ? 'sealedFile' : this.#offered())
    if (this.#kind !== 'sealedFile') return
    const path = stores.sealedFile.title
    this.#look = isSealedThere
      ? { state: 'locked', problem: problem('SEALED_FILE_LOCKED', { path }) }
      : { state: 'absent', problem: problem('SEALED_FILE_UNREADABLE', { path, detail: 'ENOENT' }) }
  }

  get kind(): SecretStoreKind {
    return this.#kind
  }

  get title(): string {
    return this.#parts.stores[this.#kind].title
  }

  /** By its last answer. */
  get look(): StoreLook {
    return this.#look
  }

  get isKeychainThere(): boolean {
    return this.#isKeychainThere
  }

  /** By the index, without asking. Those in `.env` are for whoever reads that file. */
  get names(): readonly string[] {
    return this.#kind === 'envFile' ? [] : this.#parts.index.namesIn(this.#kind)
  }

  get values(): ReadonlyMap<string, string> {
    return this.#kind === 'envFile' ? new Map() : this.#values
  }

  /** Asks how it is, without prompting anybody. */
  async ask(): Promise<void> {
    const { stores, index } = this.#parts
    const isOpen = index.content.kind === null && this.#kind !== 'sealedFile'
    if (stores.keychain.isThere && (isOpen || this.#kind === 'keychain')) {
      const look = await stores.keychain.look()
      this.#isKeychainThere = look.state !== 'absent'
      // A value may have gone in meanwhile, and with it the choice.
      if (index.content.kind === null && isOpen) this.#kind = this.#offered()
      if (this.#kind === 'keychain') this.#look = look
    }
    if (this.#kind !== 'keychain' || !stores.keychain.isThere) this.#look = await stores[this.#kind].look()
    this.#parts.changed()
  }

  /** Before a value goes in: which of the two an owner without a choice has now. */
  async settle(): Promise<void> {
    const { stores, index } = this.#parts
    const isOpen = index.content.kind === null && this.#kind !== 'sealedFile'
    if (isOpen && stores.keychain.isThere) await this.ask()
  }

  async get(account: string): Promise<StoreOutcome<string | null>> {
    return this.#notice(await this.#parts.stores[this.#kind].get(account))
  }

  /** For what is no secret of the gateway; those are {@link put}. */
  async set(account: string, value: string): Promise<StoreOutcome<null>> {
    const written = this.#notice(await this.#parts.stores[this.#kind].set(account, value))
    if (written.ok && this.#kind !== 'envFile') await this.choose(this.#kind)
    return written
  }

  async delete(account: string): Promise<StoreOutcome<boolean>> {
    return this.#notice(await this.#parts.stores[this.#kind].delete(account))
  }

  /**
   * The index knows the name before the store has the value; the value counts when it was read back.
   * `isOwners`: the owner wanted it; not so the token that a first run makes by itself.
   */
  async put(name: string, value: string, kind = this.#kind, isOwners = true): Promise<void> {
    const { stores, index, known, clock } = this.#parts
    known.add(value)
    const store = stores[kind]
    const before = index.content.kind
    const isNew = kind !== 'envFile' && !index.has(name, kind)
    if (isNew) await index.put(name, kind, null)
    const written = this.#notice(await store.set(name, value), kind)
    if (!written.ok) {
      if (isNew) {
        await index.remove(name)
        await index.change({ kind: before })
      }
      throw new ProblemError(problemIn(written))
    }
    const read = given(this.#notice(await store.get(name), kind))
    if (read !== value) throw new ProblemError(notWritten(name, read))
    await index.put(name, kind, isOwners ? clock.now().wall : null)
    if (kind === this.#kind) this.learn(name, value)
  }

  /** It has the value already, and the index did not know. */
  async adopt(name: string, value: string): Promise<void> {
    const { index } = this.#parts
    if (this.#kind !== 'envFile') await index.put(name, this.#kind, index.changedAt(name))
    this.learn(name, value)
  }

  learn(name: string, value: string): void {
    this.#values.set(name, value)
    this.#parts.known.add(value)
  }

  async forget(name: string): Promise<void> {
    this.#values.delete(name)
    await this.#parts.index.remove(name)
  }

  async choose(kind: SecretStoreKind): Promise<void> {
    const { index } = this.#parts
    if (index.content.kind !== kind) await index.change({ kind })
  }

  async unlock(passphrase: string): Promise<void> {
    const { stores, known } = this.#parts
    known.add(passphrase)
    given(await stores.sealedFile.unlock(passphrase))
    if (this.#kind === 'sealedFile') await this.#adoptSealed()
  }

  /** The same file under another passphrase. */
  async sealAgain(passphrase: string): Promise<void> {
    const { stores, known } = this.#parts
    const values = given(await stores.sealedFile.readAll())
    known.add(passphrase)
    given(await stores.sealedFile.create(passphrase, values))
  }

  /** The other store has these already; from now on it is the one. */
  async switchTo(kind: SecretStoreKind, secrets: Luggage['secrets']): Promise<void> {
    const { index } = this.#parts
    const entries = { ...index.content.secrets }
    for (const name of secrets.keys()) entries[name] = { kind, changedAt: index.changedAt(name) }
    await index.change({ kind, secrets: entries })
    this.#kind = kind
    this.#look = { state: 'ready', problem: null }
    this.#values.clear()
    for (const [name, value] of secrets) this.learn(name, value)
    if (kind === 'sealedFile') await this.#adoptSealed()
  }

  #offered(): SecretStoreKind {
    return this.#isKeychainThere ? 'keychain' : 'envFile'
  }

  async #adoptSealed(): Promise<void> {
    const { stores, index, known } = this.#parts
    const read = this.#notice(await stores.sealedFile.readAll())
    if (!read.ok) return
    for (const [name, value] of Object.entries(read.value)) {
      if (nameFlaw(name)) known.add(value)
      else if (index.has(name, 'sealedFile')) this.learn(name, value)
      else await this.adopt(name, value)
    }
  }

  /** Takes from an answer how the store is. */
  #notice<T>(outcome: StoreOutcome<T>, kind = this.#kind): StoreOutcome<T> {
    if (kind !== this.#kind) return outcome
    this.#look = lookOf(outcome) ?? this.#look
    this.#parts.changed()
    return outcome
  }
}
