import { homedir } from 'node:os'
import { exitCode } from '../../shared/exit-codes.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
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

/** What the configuration says about the gateway, read anew for each question. */
export class GatewaySetup {
  readonly #parts: GatewaySetupParts

  constructor(parts: GatewaySetupParts) {
    this.#parts = parts
  }

  async check(): Promise<{ ok: true; port: number } | { ok: false; problem: Problem }> {
    const { paths, env, portFlag } = this.#parts
    const loaded = await loadConfig(paths, env)
    if (!loaded.ok) return { ok: false, problem: { code: loaded.code, params: loaded.params } as Problem }
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

  /** The file the gateway writes to today. */
  async logPath(): Promise<string> {
    const { paths, env } = this.#parts
    const loaded = await loadConfig(paths, env)
    const logging = loaded.ok ? loaded.config.logging : undefined
    return currentLogPath({ env, home: homedir(), logging, stateDir: paths.stateDir, date: new Date() })
  }
}
