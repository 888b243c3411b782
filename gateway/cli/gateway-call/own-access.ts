import { homedir } from 'node:os'
import { resolveGatewayPort } from '../../../host/config/gateway-port.ts'
import { type LoadedConfig, loadConfig, tokenName } from '../../../host/config/load-config.ts'
import { type Environment, resolveStatePaths, type StatePaths } from '../../../host/config/state-paths.ts'
import { withSecrets } from '../../../host/config/with-secrets.ts'
import { workingDir } from '../../../host/config/working-dir.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { whoListens } from '../../../host/processes/who-listens.ts'
import { loopback } from '../../../shared/endpoints.ts'
import type { Problem } from '../../../shared/problem.ts'
import { readOwnSecrets } from '../../server/own-secrets.ts'

export interface OwnAccess {
  readonly kind: 'access'
  readonly paths: StatePaths
  /** The sections that do not fit their schema are missing where `flaw` is there. */
  readonly config: LoadedConfig['config']
  readonly port: number
  /** What the gateway demands, as far as the configuration says; null where there is none. */
  readonly secret: string | null
  /** Every secret that was read on the way. */
  readonly secrets: readonly string[]
  /** What is wrong with the configuration: a gateway that runs may have read a better one. */
  readonly flaw: Problem | null
}

export type FoundAccess =
  | OwnAccess
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'wrongUsage'; readonly detail: string }

/** Where this user's gateway is and what it demands, by the files and with no host in between. */
export async function findOwnAccess(portFlag: string | undefined): Promise<FoundAccess> {
  const paths = resolveStatePaths(process.env, homedir(), workingDir())
  const own = await readOwnSecrets(paths, process.env)
  if (!own.ok) return { kind: 'problem', problem: own }
  const env = withSecrets(process.env, own.values)
  const strict = await loadConfig(paths, env)
  const loaded = strict.ok ? strict : await loadWhatCanBeRead(paths, env)
  if (!loaded.ok) return { kind: 'problem', problem: strict.ok ? loaded : strict }
  const { config, token, password } = loaded
  const port = resolveGatewayPort({ flag: portFlag, env, configured: config.gateway?.port })
  if (!port.ok) return { kind: 'wrongUsage', detail: port.detail }
  return {
    kind: 'access',
    paths,
    config,
    port: port.port,
    secret: token?.value ?? null,
    secrets: [token?.value, password?.value, ...Object.values(own.values)].flatMap((value) => value || []),
    flaw: strict.ok ? null : strict,
  }
}

/** Of a file that cannot be read at all, what stands beside it: the environment may name token and port. */
async function loadWhatCanBeRead(paths: StatePaths, env: Environment): ReturnType<typeof loadConfig> {
  const loaded = await loadConfig(paths, env, undefined, true)
  return loaded.ok ? loaded : loadConfig(paths, env, async () => ({ ok: true, text: null }), true)
}

/** Why the secret is not handed to who listens on that port, or null: he is this user's. */
export async function whyNotTrusted(port: number): Promise<Problem | null> {
  const listener = await whoListens(port, openProcessTable())
  if (listener.kind === 'own') return null
  if (listener.kind === 'nobody') {
    const params = { url: `ws://${loopback}:${port}`, detail: 'nothing listens there' }
    return { code: 'GATEWAY_UNREACHABLE', params }
  }
  if (listener.process === null) {
    return { code: 'PORT_IN_USE_UNKNOWN', params: { port, user: listener.user } }
  }
  const { pid, program } = listener.process
  return { code: 'GATEWAY_NOT_OURS', params: { port, pid, program } }
}

export function noSecret({ paths }: OwnAccess): Problem {
  return { code: 'TOKEN_MISSING', params: { path: paths.configPath, name: tokenName } }
}
