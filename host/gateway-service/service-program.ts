import { existsSync } from 'node:fs'
import { type Problem, problem } from '../../shared/problem.ts'
import type { GatewayCommand } from '../child/launch-gateway.ts'
import { type Environment, resolveStatePaths } from '../config/state-paths.ts'

/** What the service runs. All paths are absolute and stay true after the next build. */
export interface ServiceProgram {
  readonly file: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

interface ServiceProgramParts {
  /** The gateway that came with this program; a service never runs another. */
  readonly command: GatewayCommand
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly portFlag: string | undefined
}

/** Only what was said on purpose, and decides which state and which secrets the gateway finds. No value of a secret. */
const kept = ['MOLTBOT_HOST_DIR', 'MOLTBOT_LOG_DIR', 'MOLTBOT_KEYCHAIN', 'XDG_DATA_HOME'] as const

export function serviceProgram(parts: ServiceProgramParts): { ok: true; value: ServiceProgram } | Refused {
  const { command, env, home, portFlag } = parts
  const args = command.args.map(lastingPath)
  const mount = env.APPDIR
  for (const path of [command.file, ...args]) {
    if (mount && path.startsWith(`${mount}/`)) {
      return { ok: false, ...problem('SERVICE_PROGRAM_VANISHES', { program: path }) }
    }
  }
  const port = portFlag ?? (env.MOLTBOT_GATEWAY_PORT || env.CLAWDBOT_GATEWAY_PORT)
  return {
    ok: true,
    value: {
      file: lastingPath(command.file),
      args: port ? [...args, '--port', port] : args,
      environment: { ...stateOf(env, home), ...chosen(env) },
    },
  }
}

type Refused = { readonly ok: false } & Problem<'SERVICE_PROGRAM_VANISHES'>

/**
 * Each build, and each version that came out of an AppImage, has a folder of its own, and old ones go; `current`
 * always leads to the newest.
 */
export function lastingPath(path: string): string {
  const lasting = path.replace(
    /^(.*\/)(dist\/builds|runtime)\/[^/]+\//, // the last such folder: others may be the owner's
    (_all, above: string, folder) => `${above}${folder === 'runtime' ? folder : 'dist'}/current/`,
  )
  return existsSync(lasting) ? lasting : path
}

function stateOf(env: Environment, home: string): Record<string, string> {
  const { stateDir, configPath } = resolveStatePaths(env, home)
  const isStateNamed = Boolean(env.MOLTBOT_STATE_DIR?.trim() || env.CLAWDBOT_STATE_DIR?.trim())
  const isConfigNamed = Boolean(env.MOLTBOT_CONFIG_PATH?.trim() || env.CLAWDBOT_CONFIG_PATH?.trim())
  return {
    ...(isStateNamed && { MOLTBOT_STATE_DIR: stateDir }),
    ...(isConfigNamed && { MOLTBOT_CONFIG_PATH: configPath }),
  }
}

function chosen(env: Environment): Record<string, string> {
  return Object.fromEntries(kept.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}
