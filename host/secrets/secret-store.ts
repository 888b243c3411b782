import type { Problem } from '../../shared/problem.ts'
import type { SecretStoreKind, SecretStoreState } from '../../shared/secrets.ts'

export type StoreOutcome<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Problem)

export interface StoreLook {
  readonly state: Exclude<SecretStoreState, 'waiting'>
  /** Null where it is ready. */
  readonly problem: Problem | null
}

/** A place where values are kept by name, of which one at a time is the owner's choice. */
export interface SecretStore {
  readonly kind: SecretStoreKind
  /** The system's name for it, or the file's path. */
  readonly title: string
  /** How it is, without prompting anybody. */
  look(): Promise<StoreLook>
  /** Null: it can be read, and has none of that name. */
  get(account: string): Promise<StoreOutcome<string | null>>
  set(account: string, value: string): Promise<StoreOutcome<null>>
  /** Whether there was one. */
  delete(account: string): Promise<StoreOutcome<boolean>>
}
