import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import {
  gatewayTokenName,
  type SecretFinding,
  type SecretStoreKind,
  type SecretStoreState,
  type SecretsCheck,
  type SecretsView,
  type SecretView,
} from '../../shared/secrets.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { Clock } from '../clock.ts'
import type { StatePaths } from '../config/state-paths.ts'
import { EnvFileStore } from './env-file-store.ts'
import type { Keychain } from './keychain.ts'
import { waitingAfterMs } from './keychain-helper.ts'
import { KeychainStore } from './keychain-store.ts'
import { KnownValues } from './known-values.ts'
import { noSources, type OtherSources, readOtherSources } from './other-sources.ts'
import { given, notWritten, problemIn, refuse } from './outcome.ts'
import type { PrivateAccount } from './private-accounts.ts'
import { SealedStore } from './sealed-store.ts'
import { isSecretName, nameFlaw, tokenFlaw, valueFlaw } from './secret-rules.ts'
import { SecretsIndex } from './secrets-index.ts'
import { StoreInUse } from './store-in-use.ts'
import { clear, type Luggage, pack, type Stores, unpack } from './transfer.ts'
import { viewSecrets } from './view-secrets.ts'

export interface SecretsParts {
  /** Names, where they are kept, and when they were changed; never a value. */
  readonly indexPath: string
  readonly sealedPath: string
  /** Where the backup key is kept by an owner whose store is `.env`. */
  readonly keyFilePath: string
  /** Of the sealed file; see {@link SealedStore}. */
  readonly workFactor?: number
  readonly statePaths: StatePaths
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  /** Null where this session can have none. Closed by {@link SecretsOwner.close}. */
  readonly keychain: Keychain | null
  /** Each name that the configuration refers to, and the keys that do. */
  references(): Promise<ReadonlyMap<string, readonly string[]>>
  changed(view: SecretsView): void
  note(kind: TimelineKind, evidence: Record<string, string | number>): void
}

export type SecretValues = Readonly<Record<string, string>>
export type ReadSecrets =
  | { readonly ok: true; readonly values: SecretValues }
  | ({ readonly ok: false } & Problem)
/** What went into the store, and the way back. */
export interface TakenSecrets {
  readonly names: readonly string[]
  undo(): Promise<void>
}
export type PrivateOutcome =
  | {
      readonly ok: true
      readonly value: string | null
      readonly keptIn: 'keychain' | 'sealedFile' | 'keyFile'
    }
  | ({ readonly ok: false } & Problem)

/**
 * The owner's secrets: where they are kept, which there are, and every change of them. Changes and reads
 * follow one another; a view is there at once, whatever the keychain does.
 */
export class SecretsOwner {
  readonly #parts: SecretsParts
  readonly #index: SecretsIndex
  readonly #stores: Stores
  readonly #store: StoreInUse
  readonly #known = new KnownValues()
  #isWaiting = false
  #whenWaiting = Promise.withResolvers<void>()
  #sources: OtherSources = noSources
  /** What a gateway saw of each name when it was started. */
  #started: ReadonlyMap<string, string> | null = null
  #view: SecretsView
  #queue: Promise<unknown> = Promise.resolve()
  #looking: Promise<SecretsView> | null = null

  private constructor(parts: SecretsParts, index: SecretsIndex, sealed: SealedStore, isSealedThere: boolean) {
    this.#parts = parts
    this.#index = index
    this.#stores = {
      keychain: new KeychainStore(parts.keychain),
      sealedFile: sealed,
      envFile: new EnvFileStore(parts.statePaths.envFilePath, parts.keyFilePath),
    }
    this.#store = new StoreInUse({
      stores: this.#stores,
      index,
      known: this.#known,
      clock: parts.clock,
      isSealedThere,
      changed: () => this.#become(),
    })
    this.#view = { revision: 1, ...this.#viewNow() }
  }

  /** Reads what the files say; asks no keychain. */
  static async open(parts: SecretsParts): Promise<SecretsOwner> {
    const index = new SecretsIndex(parts.indexPath)
    await index.read()
    const sealed = new SealedStore(parts.sealedPath, parts.workFactor)
    const owner = new SecretsOwner(parts, index, sealed, await sealed.isThere())
    await owner.#readSources()
    return owner
  }

  get view(): SecretsView {
    return this.#view
  }

  /** The names in the store, without asking it. Those in `.env` are for whoever reads that file. */
  get storedNames(): readonly string[] {
    return this.#store.names
  }

  /** Every value that was seen since the start: what is to be masked. The same array until there is another. */
  get knownValues(): readonly string[] {
    return this.#known.list
  }

  /** Asks the store how it is and reads the files again; for a keychain that is silent, `waiting` is the answer. */
  look(): Promise<SecretsView> {
    this.#looking ??= this.#lookAnew().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  /** Whether the store could be read now; asked without prompting anybody. */
  async isReady(): Promise<boolean> {
    await Promise.race([this.#store.ask(), this.#untilWaiting()])
    return this.#stateNow() === 'ready'
  }

  set(name: string, value: string): Promise<SecretsView> {
    return this.#change(async () => {
      const text = value.trim()
      refuse(nameFlaw(name) ?? valueFlaw(name, text) ?? tokenFlaw(name, text))
      await this.#store.settle()
      await this.#store.put(name, text)
      this.#parts.note('secretSet', { name, store: this.#store.kind })
    })
  }

  /**
   * Sets what a backup brings and the store does not have already. `undo` gives the store what it had before; in `.env` it changes nothing, since
   * that file goes and comes with the state.
   */
  async take(values: SecretValues): Promise<TakenSecrets> {
    const taken: { readonly name: string; readonly before: string | null }[] = []
    const undo = () => this.#oneByOne(() => this.#giveBack(taken))
    try {
      await this.#change(async () => {
        await this.#store.settle()
        for (const [name, value] of Object.entries(values)) {
          refuse(nameFlaw(name) ?? valueFlaw(name, value))
          const before = this.storedNames.includes(name) ? given(await this.#store.get(name)) : null
          if (before === value) continue
          taken.push({ name, before })
          await this.#store.put(name, value)
          this.#parts.note('secretSet', { name, store: this.#store.kind })
        }
      })
    } catch (error) {
      await undo()
      throw error
    }
    return { names: taken.map(({ name }) => name), undo }
  }

  /** Out of the store and out of `.env`. */
  delete(name: string): Promise<SecretsView> {
    return this.#change(async () => {
      refuse(nameFlaw(name))
      await this.#readSources()
      const isKept = this.storedNames.includes(name)
      const inEnvFile = Object.hasOwn(this.#sources.envFile, name)
      if (!isKept && !inEnvFile) {
        const isGiven = Boolean(this.#parts.env[name])
        throw new ProblemError(problem(isGiven ? 'SECRET_FROM_ENVIRONMENT' : 'SECRET_UNKNOWN', { name }))
      }
      if (inEnvFile) given(await this.#stores.envFile.delete(name))
      if (isKept) given(await this.#store.delete(name))
      await this.#store.forget(name)
      this.#parts.note('secretDeleted', { name })
    })
  }

  /** Out of `.env` into the store, and out of the file only when the store has given it back. */
  move(name: string): Promise<SecretsView> {
    return this.#change(async () => {
      refuse(nameFlaw(name))
      await this.#store.settle()
      await this.#readSources()
      const { envFilePath: path } = this.#parts.statePaths
      const value = Object.hasOwn(this.#sources.envFile, name) ? this.#sources.envFile[name] : undefined
      if (value === undefined) throw new ProblemError(problem('SECRET_UNKNOWN', { name }))
      if (this.#store.kind === 'envFile')
        throw new ProblemError(problem('SECRET_STAYS_IN_ENV_FILE', { name, path }))
      // What the store has is in force already; the line is an older word.
      const kept = this.storedNames.includes(name) ? given(await this.#store.get(name)) : null
      if (kept === null) {
        refuse(valueFlaw(name, value))
        await this.#store.put(name, value)
      }
      given(await this.#stores.envFile.delete(name))
      this.#parts.note('secretMoved', { name, from: '.env', to: this.#store.kind })
    })
  }

  rotateToken(): Promise<SecretsView> {
    return this.#change(async () => {
      await this.#store.settle()
      await this.#readSources()
      const name = gatewayTokenName
      if (this.#parts.env[name]) throw new ProblemError(problem('SECRET_FROM_ENVIRONMENT', { name }))
      if (this.#sources.token === 'written') {
        const { configPath: path } = this.#parts.statePaths
        throw new ProblemError(problem('SECRET_FROM_CONFIG', { name, path }))
      }
      await this.#store.put(name, newToken())
      this.#parts.note('tokenRotated', { store: this.#store.kind })
    })
  }

  /** Takes along what the former store has; gone from there only when the new one has given all of it back. */
  useStore(kind: SecretStoreKind, passphrase?: string): Promise<SecretsView> {
    return this.#change(async () => {
      await this.#store.settle()
      await this.#readSources()
      if (kind === 'sealedFile' && !passphrase) throw new ProblemError(problem('PASSPHRASE_NEEDED', {}))
      const from = this.#store.kind
      if (kind === from) {
        if (kind === 'sealedFile') await this.#store.sealAgain(passphrase ?? '')
        return this.#store.choose(kind)
      }
      const luggage = await this.#pack()
      for (const value of [...luggage.secrets.values(), ...luggage.privates.values()]) this.#known.add(value)
      const sealing = { passphrase: passphrase ?? '', now: this.#parts.clock.now().wall }
      this.#known.add(sealing.passphrase)
      await unpack(this.#stores, kind, luggage, sealing)
      await this.#store.switchTo(kind, luggage.secrets)
      await clear(this.#stores, from, luggage)
      this.#parts.note('secretStoreChanged', { from, to: kind })
    })
  }

  /** Opens the sealed file for as long as this object is there. */
  unlock(passphrase: string): Promise<SecretsView> {
    return this.#change(() => this.#store.unlock(passphrase))
  }

  /** Reads every value again and says what is missing or cannot be read. */
  check(): Promise<SecretsCheck> {
    return this.#oneByOne(async () => {
      await this.#store.ask()
      await this.#store.settle()
      await this.#readSources()
      await this.#adoptReferred()
      const findings: SecretFinding[] = []
      let isStoreInTrouble = false
      for (const view of this.#viewNow().secrets) {
        // One prompt is enough: what a store in trouble said once holds for the rest.
        const problem =
          isStoreInTrouble && this.#isKept(view) ? this.#store.look.problem : await this.#findFlaw(view)
        if (this.#isKept(view)) isStoreInTrouble = this.#store.look.problem !== null
        findings.push({ name: view.name, ok: problem === null, source: view.source, problem })
      }
      this.#become()
      return { store: this.#view.store, findings }
    })
  }

  /** Every value of the store, read anew, for a gateway's start. A store with nothing in it is not asked. */
  readValues(): Promise<ReadSecrets> {
    return this.#oneByOne(async () => {
      await this.#readSources()
      const values: Record<string, string> = {}
      for (const name of this.storedNames) {
        const read = await this.#store.get(name)
        if (!read.ok) return read
        if (read.value === null) continue // taken away elsewhere; the configuration says who misses it
        this.#store.learn(name, read.value)
        values[name] = read.value
      }
      return { ok: true, values }
    })
  }

  /** What a gateway was started with, so that later changes are known to need a restart. */
  startedWith(values: SecretValues): void {
    this.#started = this.#inForce(new Map(Object.entries(values)))
    this.#become()
  }

  /** Makes a token where nothing gives one, in the store where that is ready, else in `.env`. Null: there is one. */
  ensureToken(): Promise<SecretStoreKind | null> {
    return this.#oneByOne(async () => {
      await this.#readSources()
      const view = this.#viewNow().secrets.find(({ name }) => name === gatewayTokenName)
      if (view?.source !== 'nowhere') return null
      return this.#makeToken()
    })
  }

  /** As {@link ensureToken}, for who knows already that there is none; resolves to the name of the place. */
  giveToken(): Promise<string> {
    return this.#oneByOne(async () => this.#stores[await this.#makeToken()].title)
  }

  /** What is kept beside the secrets but is none of the gateway's. */
  readPrivate(account: PrivateAccount): Promise<PrivateOutcome> {
    return this.#oneByOne(async () => {
      await this.#store.settle()
      const kept = await this.#store.get(account)
      if (!kept.ok) return kept
      // From the time before the owner had another store.
      const isElsewhere = kept.value === null && this.#store.kind !== 'envFile'
      const read = isElsewhere ? await this.#stores.envFile.get(account) : kept
      if (!read.ok) return read
      if (read.value !== null) this.#known.add(read.value)
      return {
        ok: true,
        value: read.value,
        keptIn: isElsewhere && read.value !== null ? 'keyFile' : this.#keptIn(),
      }
    })
  }

  writePrivate(account: PrivateAccount, value: string | null): Promise<PrivateOutcome> {
    return this.#oneByOne(async () => {
      await this.#store.settle()
      if (value !== null) this.#known.add(value)
      const written =
        value === null ? await this.#store.delete(account) : await this.#store.set(account, value)
      if (!written.ok) return written
      const read = await this.#store.get(account)
      if (!read.ok) return read
      if (read.value !== value) return { ok: false, ...notWritten(account, read.value) }
      if (this.#store.kind !== 'envFile') {
        const cleared = await this.#stores.envFile.delete(account)
        if (!cleared.ok) return cleared
      }
      return { ok: true, value, keptIn: this.#keptIn() }
    })
  }

  /** The keychain has been silent for two seconds, or answers again. */
  keychainWaits(isWaiting: boolean): void {
    this.#isWaiting = isWaiting
    if (isWaiting) this.#whenWaiting.resolve()
    else this.#whenWaiting = Promise.withResolvers()
    this.#become()
  }

  /** Resolves when nothing is being changed any more, or when only a silent keychain is waited for. */
  async settled(): Promise<void> {
    await Promise.race([this.#queue, this.#untilWaiting()])
  }

  /** Calls of the keychain that are under way fail. */
  async close(): Promise<void> {
    await this.#parts.keychain?.close()
    await this.#queue
  }

  async #lookAnew(): Promise<SecretsView> {
    const asked = this.#store.ask()
    await Promise.race([Promise.all([asked, this.#readSources()]), this.#untilWaiting()])
    this.#become()
    return this.#view
  }

  #untilWaiting(): Promise<void> {
    return this.#isWaiting ? Promise.resolve() : this.#whenWaiting.promise
  }

  async #readSources(): Promise<void> {
    this.#sources = await readOtherSources(this.#parts.statePaths, () => this.#parts.references())
    const { envFile, configEnv } = this.#sources
    for (const values of [envFile, configEnv]) {
      for (const [name, value] of Object.entries(values)) if (isSecretName(name)) this.#known.add(value)
    }
    for (const { name, stored, source } of this.#viewNow().secrets) {
      const value = source === 'environment' ? this.#parts.env[name] : undefined
      if (value && isSecretName(name)) this.#known.add(value)
      const line = stored && Object.hasOwn(envFile, name) ? envFile[name] : undefined
      if (line) this.#known.add(line)
    }
    this.#become()
  }

  /** A store that cannot be written now keeps what was taken: that harms nothing, and the state goes back all the same. */
  async #giveBack(
    taken: readonly { readonly name: string; readonly before: string | null }[],
  ): Promise<void> {
    if (this.#store.kind === 'envFile') return
    for (const { name, before } of taken) {
      try {
        if (before !== null) await this.#store.put(name, before, this.#store.kind, false)
        else {
          given(await this.#store.delete(name))
          await this.#store.forget(name)
        }
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
      }
    }
    await this.#readSources()
  }

  /** In the store where it is ready without a prompt, else in `.env`; a token that the store has is used on. */
  async #makeToken(): Promise<SecretStoreKind> {
    const name = gatewayTokenName
    if (await this.isReady()) {
      const kind = this.#store.kind
      try {
        const kept = given(await this.#store.get(name))
        if (kept === null) await this.#store.put(name, newToken(), kind, false)
        else if (kind !== 'envFile') await this.#store.adopt(name, kept)
        await this.#readSources()
        return kind
      } catch (error) {
        if (kind === 'envFile' || !(error instanceof ProblemError)) throw systemError(error)
      }
    }
    try {
      await this.#store.put(name, newToken(), 'envFile', false)
      await this.#readSources()
      return 'envFile'
    } catch (error) {
      throw systemError(error)
    }
  }

  /** A lost index: what the store has by the names that somebody needs is listed again. */
  async #adoptReferred(): Promise<void> {
    if (this.#store.kind === 'envFile' || this.#stateNow() !== 'ready') return
    for (const { name, source } of this.#viewNow().secrets) {
      if (source !== 'nowhere') continue
      const read = await this.#store.get(name)
      if (!read.ok) return
      if (read.value !== null) await this.#store.adopt(name, read.value)
    }
  }

  #isKept({ source }: SecretView): boolean {
    return source === this.#store.kind && source !== 'envFile'
  }

  async #findFlaw(view: SecretView): Promise<Problem | null> {
    const { name, usedBy } = view
    const missing = problem('SECRET_MISSING', { name, usedBy: usedBy.join(', ') || name })
    if (view.source === 'nowhere') return missing
    if (!this.#isKept(view)) return null
    const read = await this.#store.get(name)
    if (!read.ok) return problemIn(read)
    // Taken away elsewhere; a line of `.env` may still give it.
    if (read.value === null) return view.inEnvFile ? null : missing
    this.#store.learn(name, read.value)
    return null
  }

  /** Nothing from a store that is gone: what a keychain has stays in it, and its names in the index. */
  async #pack(): Promise<Luggage> {
    await this.#store.ask()
    if (this.#store.look.state === 'absent') return { secrets: new Map(), privates: new Map() }
    const inEnvFile = this.#viewNow().secrets.filter((view) => view.inEnvFile)
    const names = this.#store.kind === 'envFile' ? inEnvFile.map(({ name }) => name) : this.#store.names
    return pack(this.#stores, this.#store.kind, names)
  }

  #keptIn(): 'keychain' | 'sealedFile' | 'keyFile' {
    return this.#store.kind === 'envFile' ? 'keyFile' : this.#store.kind
  }

  #change(work: () => Promise<void>): Promise<SecretsView> {
    return this.#oneByOne(async () => {
      try {
        await work()
      } finally {
        await this.#readSources()
      }
      return this.#view
    })
  }

  #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work)
    this.#queue = next.catch(() => {})
    return next
  }

  #inForce(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const { env } = this.#parts
    const names = [...values.keys(), ...Object.keys(this.#sources.envFile).filter(isSecretName)]
    return new Map(
      names.map((name) => [name, env[name] || values.get(name) || this.#sources.envFile[name] || '']),
    )
  }

  #isRestartNeeded(): boolean {
    if (!this.#started) return false
    return !isDeepStrictEqual(this.#inForce(this.#store.values), this.#started)
  }

  #stateNow(): SecretStoreState {
    return this.#isWaiting && this.#store.kind === 'keychain' ? 'waiting' : this.#store.look.state
  }

  #viewNow(): Omit<SecretsView, 'revision'> {
    const state = this.#stateNow()
    return {
      store: {
        kind: this.#store.kind,
        state,
        problem:
          state === 'waiting'
            ? problem('KEYCHAIN_WAITING', { seconds: waitingAfterMs / 1000 })
            : this.#store.look.problem,
        title: this.#store.title,
        keychainThere: this.#store.isKeychainThere,
      },
      secrets: viewSecrets({
        index: this.#index,
        kind: this.#store.kind,
        env: this.#parts.env,
        sources: this.#sources,
      }),
      restartNeeded: this.#isRestartNeeded(),
    }
  }

  #become(): void {
    const { revision, ...before } = this.#view
    const next = this.#viewNow()
    if (isDeepStrictEqual(next, before)) return
    this.#view = { revision: revision + 1, ...next }
    this.#parts.changed(this.#view)
  }
}

function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** For the first run, which names the folder and the system's own code. */
function systemError(error: unknown): unknown {
  if (!(error instanceof ProblemError) || !('detail' in error.problem.params)) return error
  return Object.assign(new Error(error.message, { cause: error }), { code: error.problem.params.detail })
}
