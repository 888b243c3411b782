import { homedir } from 'node:os'
import { exitCode } from '../../shared/exit-codes.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import { checkSupported } from '../config/check-supported.ts'
import type { LoggingConfig } from '../config/config-schema.ts'
import { type FirstRunOutcome, writeWhatIsMissing } from '../config/first-run.ts'
import { resolveGatewayPort } from '../config/gateway-port.ts'
import { loadConfig, tokenName } from '../config/load-config.ts'
import { currentLogPath } from '../config/log-folder.ts'
import type { Environment, StatePaths } from '../config/state-paths.ts'
import { withSecretNames, withSecrets } from '../config/with-secrets.ts'
import type { GatewayExit } from '../supervisor/state.ts'
import type { SaidOfGateway } from './package-call.ts'

interface GatewaySetupParts {
  readonly paths: StatePaths
  readonly env: NodeJS.ProcessEnv
  /** Port asked for on the command line, if any. */
  readonly portFlag: string | undefined
  /** The next gateway is a package: what its configuration may hold, it knows better than we. */
  isPackage(): boolean
  readonly secrets: SetupSecrets
  /** A restore that was cut off and could be neither finished nor undone: no gateway may run on such a state. */
  readonly interrupted: Problem | null
  /** Tries that again: the owner may have put it right by hand. */
  recover(): Promise<Problem | null>
}

/** What a setup asks of the owner's secrets. */
export interface SetupSecrets {
  /** The names in the store; asks nobody. */
  readonly storedNames: readonly string[]
  /** Every value of the store, read anew. */
  readValues(): Promise<
    { readonly ok: true; readonly values: SecretValues } | ({ readonly ok: false } & Problem)
  >
  /** Makes a token and keeps it; resolves to the name of the place. */
  giveToken(): Promise<string>
}
export type SecretValues = Readonly<Record<string, string>>

export type SetupCheck = { ok: true; port: number } | { ok: false; problem: Problem }

/** What the configuration says about the gateway, read anew for each question. */
export class GatewaySetup {
  readonly #parts: GatewaySetupParts
  #logging: LoggingConfig | undefined
  #said: SaidOfGateway = {}
  #values: SecretValues | null = null
  #isAsked = true
  /** What clients had to show when that could be read last. */
  #shown: string | null = null
  #interrupted: Problem | null

  constructor(parts: GatewaySetupParts) {
    this.#parts = parts
    this.#interrupted = parts.interrupted
  }

  /** Writes what a gateway needs and does not find; nothing that exists is touched. */
  async writeMissing(): Promise<FirstRunOutcome> {
    const { paths, secrets, recover } = this.#parts
    if (this.#interrupted) this.#interrupted = await recover()
    if (this.#interrupted) return { ok: false, ...this.#interrupted }
    const outcome = await writeWhatIsMissing(paths, this.#namesOnly(), () => secrets.giveToken())
    // What we would not start on, another program may.
    const isTheirs = !outcome.ok && outcome.code === 'CONFIG_INVALID' && this.#parts.isPackage()
    return isTheirs ? { ok: true, written: [] } : outcome
  }

  /** As `check`, after writing what is missing and reading the secrets that the gateway is handed. */
  async prepare(): Promise<SetupCheck> {
    const written = await this.writeMissing()
    if (!written.ok) return { ok: false, problem: { code: written.code, params: written.params } as Problem }
    const read = await this.#readSecrets()
    if (!read.ok) return { ok: false, problem: { code: read.code, params: read.params } as Problem }
    return this.#checkWith(withSecrets(this.#parts.env, read.values), true)
  }

  /** What the files say, with a stand-in for each value that the store has. */
  check(): Promise<SetupCheck> {
    return this.#checkWith(this.#namesOnly(), false)
  }

  /** The state is half of two: before the next start it is tried to make it whole. */
  cutOff(found: Problem): void {
    this.#interrupted = found
  }

  /** Somebody asks for a start: the values are read anew then, and not only the first time. */
  startAsked(): void {
    this.#isAsked = true
  }

  /** The configuration's `gateway.mode` and `gateway.bind`, as it was checked last. */
  get said(): SaidOfGateway {
    return this.#said
  }

  /** What the gateway of the last `prepare` is to be handed. */
  get values(): SecretValues {
    return this.#values ?? {}
  }

  /**
   * What a client has to show, token or password, read anew so that a changed one counts at once. A gateway that runs
   * outlives a mistake in its configuration, and so does the way to it.
   */
  async token(): Promise<string> {
    const { paths, env, secrets } = this.#parts
    const read = await secrets.readValues()
    const values = read.ok ? read.values : this.#values
    if (!values && !read.ok) throw new ProblemError({ code: read.code, params: read.params } as Problem)
    const full = withSecrets(env, values ?? {})
    const loaded = await this.#load(full)
    if (loaded.ok) {
      this.#shown = loaded.token?.value ?? null
      if (this.#shown !== null) return this.#shown
      throw new ProblemError(problem('TOKEN_MISSING', { path: paths.envFilePath, name: tokenName }))
    }
    if (this.#shown !== null) return this.#shown
    const readable = await loadConfig(paths, full, undefined, true)
    if (readable.ok && readable.token) return readable.token.value
    throw new ProblemError({ code: loaded.code, params: loaded.params } as Problem)
  }

  /** Why the gateway ended with 78: our own finding names key and line; else its own last words. */
  async explainRefusal(exit: GatewayExit): Promise<Problem> {
    const found = await this.check()
    if (!found.ok) return found.problem
    const detail = exit.lastLines.at(-1) ?? `exit code ${exitCode.badConfig}`
    return problem('CONFIG_REFUSED', { path: this.#parts.paths.configPath, detail })
  }

  async #checkWith(env: Environment, hasValues: boolean): Promise<SetupCheck> {
    const { paths, portFlag } = this.#parts
    const loaded = await this.#load(env)
    if (!loaded.ok) return { ok: false, problem: { code: loaded.code, params: loaded.params } as Problem }
    this.#logging = loaded.config.logging
    if (hasValues) this.#shown = loaded.token?.value ?? null
    this.#said = { mode: loaded.config.gateway?.mode, bind: loaded.config.gateway?.bind }
    const isPackage = this.#parts.isPackage()
    const unsupported = isPackage ? null : await checkSupported(loaded)
    if (unsupported) return { ok: false, problem: unsupported }
    // A package may be asked for a password instead.
    if (loaded.token === null && !isPackage) {
      return { ok: false, problem: problem('TOKEN_MISSING', { path: paths.envFilePath, name: tokenName }) }
    }
    const port = resolveGatewayPort({ flag: portFlag, env, configured: loaded.config.gateway?.port })
    if (port.ok) return port
    return { ok: false, problem: problem('CONFIG_REFUSED', { path: port.source, detail: port.detail }) }
  }

  #load(env: Environment): ReturnType<typeof loadConfig> {
    return loadConfig(this.#parts.paths, env, undefined, this.#parts.isPackage())
  }

  /**
   * A restart after a crash goes on with what is known: it should not take longer for the keychain, nor fail
   * because the screen is locked just then.
   */
  async #readSecrets(): ReturnType<SetupSecrets['readValues']> {
    if (!this.#isAsked && this.#values) return { ok: true, values: this.#values }
    const read = await this.#parts.secrets.readValues()
    if (!read.ok && this.#values) return { ok: true, values: this.#values }
    if (!read.ok) return read
    this.#values = read.values
    this.#isAsked = false
    return read
  }

  #namesOnly(): Environment {
    const { env, secrets } = this.#parts
    return withSecretNames(env, secrets.storedNames)
  }

  /** The file the gateway writes to today, by the configuration as it was checked last. */
  logPath(): string {
    const { paths, env } = this.#parts
    const logging = this.#logging
    return currentLogPath({ env, home: homedir(), logging, stateDir: paths.stateDir, date: new Date() })
  }
}
