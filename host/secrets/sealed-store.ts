import { createHash } from 'node:crypto'
import { readFile, rename } from 'node:fs/promises'
import type { Stanza } from 'age-encryption'
import { z } from 'zod'
import { type Problem, problem } from '../../shared/problem.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import type { SecretStore, StoreLook, StoreOutcome } from './secret-store.ts'

const contentSchema = z.object({ version: z.literal(1), values: z.record(z.string(), z.string()) })
type Values = Readonly<Record<string, string>>

/**
 * All values in one age file with a passphrase, which `age -d` opens. The passphrase is known from `unlock`
 * or `create` on until this object goes, and is nowhere else.
 */
export class SealedStore implements SecretStore {
  readonly kind = 'sealedFile'
  readonly title: string
  readonly #workFactor: number | undefined
  #passphrase: string | null = null
  /** What the file had when it was read or written last. */
  #known: { readonly digest: string; readonly values: Values } | null = null

  /** `workFactor`: other than the usual one, for who seals what is worth nothing. */
  constructor(path: string, workFactor?: number) {
    this.title = path
    this.#workFactor = workFactor
  }

  get isUnlocked(): boolean {
    return this.#passphrase !== null
  }

  async look(): Promise<StoreLook> {
    const bytes = await this.#bytes()
    if (!bytes.ok) return { state: 'failed', problem: bytes }
    if (bytes.value === null) {
      const absent = problem('SEALED_FILE_UNREADABLE', { path: this.title, detail: 'ENOENT' })
      return { state: 'absent', problem: absent }
    }
    if (this.#passphrase !== null) return { state: 'ready', problem: null }
    return { state: 'locked', problem: problem('SEALED_FILE_LOCKED', { path: this.title }) }
  }

  /** Opens the file with this passphrase, and remembers it where it is the right one. */
  async unlock(passphrase: string): Promise<StoreOutcome<null>> {
    const opened = await this.#open(passphrase)
    if (!opened.ok) return opened
    this.#passphrase = passphrase
    return { ok: true, value: null }
  }

  /** Seals these values with this passphrase, in place of whatever the file had. */
  async create(passphrase: string, values: Values): Promise<StoreOutcome<null>> {
    const written = await this.#write(passphrase, values)
    if (written.ok) this.#passphrase = passphrase
    return written
  }

  /** Moves a file that cannot be opened away; resolves to its new place. */
  async setAside(now: number): Promise<string> {
    const keptAt = `${this.title}.unreadable-${now}`
    await rename(this.title, keptAt)
    return keptAt
  }

  async isThere(): Promise<boolean> {
    const bytes = await this.#bytes()
    return !bytes.ok || bytes.value !== null
  }

  async readAll(): Promise<StoreOutcome<Values>> {
    if (this.#passphrase !== null) return this.#open(this.#passphrase)
    if (await this.isThere()) return { ok: false, ...problem('SEALED_FILE_LOCKED', { path: this.title }) }
    return this.#unreadable('ENOENT')
  }

  async get(account: string): Promise<StoreOutcome<string | null>> {
    const read = await this.readAll()
    return read.ok ? { ok: true, value: own(read.value, account) } : read
  }

  async set(account: string, value: string): Promise<StoreOutcome<null>> {
    const read = await this.readAll()
    return read.ok ? this.#write(this.#passphrase ?? '', { ...read.value, [account]: value }) : read
  }

  async delete(account: string): Promise<StoreOutcome<boolean>> {
    const read = await this.readAll()
    if (!read.ok) return read
    if (own(read.value, account) === null) return { ok: true, value: false }
    const { [account]: _, ...others } = read.value
    const written = await this.#write(this.#passphrase ?? '', others)
    return written.ok ? { ok: true, value: true } : written
  }

  async #open(passphrase: string): Promise<StoreOutcome<Values>> {
    const bytes = await this.#bytes()
    if (!bytes.ok) return bytes
    if (bytes.value === null) return this.#unreadable('ENOENT')
    const digest = digestOf(bytes.value)
    if (this.#known?.digest === digest && passphrase === this.#passphrase) {
      return { ok: true, value: this.#known.values }
    }
    const opened = await unseal(bytes.value, passphrase)
    if (opened.kind === 'wrongPassphrase') {
      return { ok: false, ...problem('SEALED_FILE_WRONG_PASSPHRASE', { path: this.title }) }
    }
    if (opened.kind === 'unreadable') return this.#unreadable(opened.detail)
    this.#known = { digest, values: opened.values }
    return { ok: true, value: opened.values }
  }

  async #write(passphrase: string, values: Values): Promise<StoreOutcome<null>> {
    try {
      const bytes = await seal(values, passphrase, this.#workFactor)
      await writeFileAtomically(this.title, bytes)
      this.#known = { digest: digestOf(bytes), values }
      return { ok: true, value: null }
    } catch (error) {
      const detail = (error as NodeJS.ErrnoException).code ?? String(error)
      return { ok: false, ...problem('ENV_FILE_NOT_WRITTEN', { path: this.title, detail }) }
    }
  }

  async #bytes(): Promise<{ ok: true; value: Buffer | null } | ({ ok: false } & Problem)> {
    try {
      return { ok: true, value: await readFile(this.title) }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      return code === 'ENOENT' ? { ok: true, value: null } : this.#unreadable(code ?? String(error))
    }
  }

  #unreadable(detail: string): { ok: false } & Problem {
    return { ok: false, ...problem('SEALED_FILE_UNREADABLE', { path: this.title, detail }) }
  }
}

type Opened =
  | { readonly kind: 'opened'; readonly values: Values }
  | { readonly kind: 'wrongPassphrase' }
  | { readonly kind: 'unreadable'; readonly detail: string }

async function seal(values: Values, passphrase: string, workFactor?: number): Promise<Uint8Array> {
  const { Encrypter } = await import('age-encryption')
  const { passphraseRecipient } = await import('./age-passphrase.ts')
  const encrypter = new Encrypter()
  encrypter.addRecipient(passphraseRecipient(passphrase, workFactor))
  return encrypter.encrypt(`${JSON.stringify({ version: 1, values }, null, 2)}\n`)
}

async function unseal(bytes: Uint8Array, passphrase: string): Promise<Opened> {
  const { Decrypter } = await import('age-encryption')
  const { passphraseIdentity } = await import('./age-passphrase.ts')
  let isKeyFound = false
  const identity = passphraseIdentity(passphrase)
  const decrypter = new Decrypter()
  decrypter.addIdentity({
    async unwrapFileKey(stanzas: Stanza[]) {
      const fileKey = await identity.unwrapFileKey(stanzas)
      if (fileKey === null && stanzas[0]?.args[0] !== 'scrypt')
        throw new Error('it is sealed without a passphrase')
      isKeyFound = fileKey !== null
      return fileKey
    },
  })
  let headerWasRead = false
  try {
    const text = await decrypter.decrypt(bytes, 'text')
    headerWasRead = true
    const content = contentSchema.safeParse(JSON.parse(text))
    if (content.success) return { kind: 'opened', values: content.data.values }
    return { kind: 'unreadable', detail: 'it was written by another version' }
  } catch (error) {
    // Parsing errors quote what they read, which here is secrets.
    if (headerWasRead) return { kind: 'unreadable', detail: 'it has something else in it' }
    const detail = error instanceof Error ? error.message : String(error)
    const isWrong = !isKeyFound && detail.includes('no identity matched')
    return isWrong ? { kind: 'wrongPassphrase' } : { kind: 'unreadable', detail }
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function own(values: Values, account: string): string | null {
  return Object.hasOwn(values, account) ? (values[account] ?? null) : null
}
