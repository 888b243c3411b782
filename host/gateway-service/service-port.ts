import { resolveGatewayPort } from '../config/gateway-port.ts'
import { loadConfig } from '../config/load-config.ts'
import { readTextFile } from '../config/read-text-file.ts'
import { type Environment, resolveStatePaths } from '../config/state-paths.ts'
import { parseServiceFile } from './read-service-file.ts'

/**
 * The port of the gateway that the file's service runs: by its own command, its own variables and its own
 * configuration, none of which need be those of `env`; these count where there is no such file. Null where
 * what says it is no port.
 */
export async function servicePort(path: string, env: Environment, home: string): Promise<number | null> {
  const read = await readTextFile(path)
  const { command, environment } =
    read.ok && read.text !== null ? parseServiceFile(path, read.text) : { command: [], environment: env }
  const loaded = await loadConfig(resolveStatePaths(environment, home), environment, undefined, true)
  const configured = loaded.ok ? loaded.config.gateway?.port : undefined
  const choice = resolveGatewayPort({ flag: portFlag(command), env: environment, configured })
  return choice.ok ? choice.port : null
}

function portFlag(command: readonly string[]): string | undefined {
  const joined = command.find((word) => word.startsWith('--port='))
  if (joined !== undefined) return joined.slice('--port='.length)
  const at = command.indexOf('--port')
  return at < 0 ? undefined : command[at + 1]
}
