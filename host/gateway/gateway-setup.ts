import { homedir } from 'node:os'
import { exitCode } from '../../shared/exit-codes.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import { checkSupported } from '../config/check-supported.ts'
import type { LoggingConfig } from '../config/config-schema.ts'
import { writeWhatIsMissing } from '../config/first-run.ts'
import { resolveGatewayPort } from '../config/gateway-port.ts'
import { loadConfig, tokenName } from '../config/load-config.ts'
import { currentLogPath } from '../config/log-folder.ts'
import type { StatePaths } from '../config/state-paths.ts'
import type { GatewayExit } from '../supervisor/state.ts'

interface GatewaySetupParts {
  readonly paths: StatePaths
  readonly env: NodeJS.ProcessEnv
  /** Port asked for on the command line, if any. */
  readonly portFlag: string | undefined
}

export type SetupCheck = { ok: true; port: number } | { ok: false; problem: Problem }

/** What the configuration says about the gateway, read anew for each question. */
export class GatewaySetup {
  readonly #parts: GatewaySetupParts
  #logging: LoggingConfig | undefined

  constructor(parts: GatewaySetupParts) {
    this.#parts = parts
  }

  /** As `check`, after writing what a gateway needs and does not find; nothing that exists is touched. */
  async prepare(): Promise<SetupCheck> {
    const { paths, env } = this.#parts
    const written = await writeWhatIsMissing(paths, env)
    if (!written.ok) return { ok: false, problem: { code: written.code, params: written.params } as Problem }
    return this.check()
  }

  async check(): Promise<SetupCheck> {
    const { paths, env, portFlag } = this.#parts
    const loaded = await loadConfig(paths, env)
    if (!loaded.ok) return { ok: false, problem: { code: loaded.code, params: loaded.params } as Problem }
    this.#logging = loaded.config.logging
    const unsupported = await checkSupported(loaded)
    if (unsupported) return { ok: false, problem: unsupported }
    if (loaded.token === null) {
      return { ok: false, problem: problem('TOKEN_MISSING', { path: paths.envFilePath, name: tokenName }) }
    }
    const port = resolveGatewayPort({ flag: portFlag, env, configured: loaded.config.gateway?.port })
    if (port.ok) return port
    return { ok: false, problem: problem('CONFIG_REFUSED', { path: port.source, detail: port.detail }) }
  }

  async token(): Promise<string> {
    const { paths, env } = this.#parts
    const loaded = await loadConfig(paths, env)
    if (!loaded.ok) throw new ProblemError({ code: loaded.code, params: loaded.params } as Problem)
    if (loaded.token) return loaded.token.value
    throw new ProblemError(problem('TOKEN_MISSING', { path: paths.envFilePath, name: tokenName }))
  }

  /** Why the gateway ended with 78: our own finding names key and line; else its own last words. */
  async explainRefusal(exit: GatewayExit): Promise<Problem> {
    const found = await this.check()
    if (!found.ok) return found.problem
    const detail = exit.lastLines.at(-1) ?? `exit code ${exitCode.badConfig}`
    return problem('CONFIG_REFUSED', { path: this.#parts.paths.configPath, detail })
  }

  /** The file the gateway writes to today, by the configuration as it was checked last. */
  logPath(): string {
    const { paths, env } = this.#parts
    const logging = this.#logging
    return currentLogPath({ env, home: homedir(), logging, stateDir: paths.stateDir, date: new Date() })
  }
}
