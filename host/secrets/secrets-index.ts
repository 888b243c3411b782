import { z } from 'zod'
import { ProblemError, problem } from '../../shared/problem.ts'
import { type SecretStoreKind, secretNamePattern, secretStoreKinds } from '../../shared/secrets.ts'
import { RecordFile } from '../records/record-file.ts'

const kind = z.enum(secretStoreKinds)
export const indexContentSchema = z.object({
  /** Where the owner keeps secrets; null: as the machine offers. */
  kind: kind.nullable(),
  secrets: z.record(
    z.string().regex(secretNamePattern),
    z.object({ kind, changedAt: z.number().nullable() }),
  ),
})
export type IndexContent = z.infer<typeof indexContentSchema>

/** What is in `.env` is not among them: whoever needs that reads the file. */
export function storedNamesOf({ kind, secrets }: IndexContent): string[] {
  return kind === null || kind === 'envFile' ? [] : namesIn(secrets, kind)
}

const empty: IndexContent = { kind: null, secrets: {} }

/**
 * Which secrets there are and in which store, without any value. A name is written here before its value
 * goes into a store, so that no store has a value that nobody knows of.
 */
export class SecretsIndex {
  readonly #path: string
  readonly #record: RecordFile<IndexContent>
  #content: IndexContent = empty

  constructor(path: string) {
    this.#path = path
    this.#record = new RecordFile(path, indexContentSchema)
  }

  /** One that cannot be read is set aside, and counts as none. */
  async read(): Promise<void> {
    const found = await this.#record.read().catch(() => null)
    if (found?.kind === 'found') this.#content = found.value
  }

  get content(): IndexContent {
    return this.#content
  }

  namesIn(store: SecretStoreKind): string[] {
    return namesIn(this.#content.secrets, store)
  }

  changedAt(name: string): number | null {
    return Object.hasOwn(this.#content.secrets, name)
      ? (this.#content.secrets[name]?.changedAt ?? null)
      : null
  }

  has(name: string, store: SecretStoreKind): boolean {
    return Object.hasOwn(this.#content.secrets, name) && this.#content.secrets[name]?.kind === store
  }

  /** Throws a problem where it cannot be written; what it was then still holds. */
  async change(change: Partial<IndexContent>): Promise<void> {
    const next = { ...this.#content, ...change }
    try {
      await this.#record.write(next)
    } catch (error) {
      const detail = (error as NodeJS.ErrnoException).code ?? String(error)
      throw new ProblemError(problem('ENV_FILE_NOT_WRITTEN', { path: this.#path, detail }), { cause: error })
    }
    this.#content = next
  }

  put(name: string, store: SecretStoreKind, changedAt: number | null): Promise<void> {
    const secrets = { ...this.#content.secrets, [name]: { kind: store, changedAt } }
    // What has something in it is the store from now on, also where another one would be offered later.
    return this.change({ secrets, kind: store === 'envFile' ? this.#content.kind : store })
  }

  remove(name: string): Promise<void> {
    const { [name]: _, ...secrets } = this.#content.secrets
    return this.change({ secrets })
  }
}

export function namesIn(secrets: IndexContent['secrets'], store: SecretStoreKind): string[] {
  return Object.entries(secrets)
    .filter(([, entry]) => entry.kind === store)
    .map(([name]) => name)
    .sort()
}
