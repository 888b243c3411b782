import { problem } from '../../shared/problem.ts'
import type { Keychain } from './keychain.ts'
import type { SecretStore, StoreLook, StoreOutcome } from './secret-store.ts'

/** The keychain as a store; also for an owner who keeps secrets in one that this session does not have. */
export class KeychainStore implements SecretStore {
  readonly kind = 'keychain'
  readonly #keychain: Keychain | null
  readonly #absent = problem('KEYCHAIN_ABSENT', { detail: 'DBUS_SESSION_BUS_ADDRESS' })

  constructor(keychain: Keychain | null) {
    this.#keychain = keychain
  }

  get title(): string {
    if (this.#keychain) return this.#keychain.title
    return process.platform === 'darwin' ? 'macOS Keychain' : 'Secret Service'
  }

  get isThere(): boolean {
    return this.#keychain !== null
  }

  look(): Promise<StoreLook> {
    const keychain = this.#keychain
    return keychain ? keychain.probe() : Promise.resolve({ state: 'absent', problem: this.#absent })
  }

  async get(account: string): Promise<StoreOutcome<string | null>> {
    return this.#keychain ? this.#keychain.get(account) : { ok: false, ...this.#absent }
  }

  async set(account: string, value: string): Promise<StoreOutcome<null>> {
    return this.#keychain ? this.#keychain.set(account, value) : { ok: false, ...this.#absent }
  }

  async delete(account: string): Promise<StoreOutcome<boolean>> {
    return this.#keychain ? this.#keychain.delete(account) : { ok: false, ...this.#absent }
  }
}
