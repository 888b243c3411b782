import type { StatePaths } from '../config/state-paths.ts'

/** What a Moltbot from npm is started with besides its own words and the port. */
export interface PackageCall {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** Each release of the project reads variables of its own name. */
const prefixes = ['MOLTBOT', 'CLAWDBOT', 'OPENCLAW'] as const

/** What of the configuration those releases decide otherwise than the manual does, where it says nothing. */
export interface SaidOfGateway {
  readonly mode?: string | undefined
  readonly bind?: string | undefined
}

/** `said`: the configuration's `gateway.mode` and `gateway.bind`. */
export function packageCall({ stateDir, configPath }: StatePaths, said: SaidOfGateway): PackageCall {
  const env: Record<string, string> = {}
  for (const prefix of prefixes) {
    env[`${prefix}_STATE_DIR`] = stateDir
    env[`${prefix}_CONFIG_PATH`] = configPath
    // It would start itself anew for the sake of a Node option, and the process we know would only wait.
    env[`${prefix}_NO_RESPAWN`] = '1'
  }
  const args: string[] = []
  // Without a mode they refuse to start.
  if (said.mode === undefined) args.push('--allow-unconfigured')
  // By themselves some listen to the whole network where they believe to be in a container.
  if (said.bind === undefined) args.push('--bind', 'loopback')
  return { args, env }
}
