import type { BackupsView } from '../../shared/backups.ts'
import type { ServiceView } from '../../shared/gateway-service.ts'
import { pidOf } from '../../shared/gateway-state.ts'
import type { GatewayHealth, GatewayView } from '../../shared/host-api.ts'
import type { TerminalsView } from '../../shared/terminals.ts'
import { type PortOutcome, resolveGatewayPort } from '../config/gateway-port.ts'
import { resolveToken } from '../config/gateway-token.ts'
import {
  type ConfigOutcome,
  type ConfigTree,
  loadConfig,
  readConfigTree,
  tokenName,
} from '../config/load-config.ts'
import type { StatePaths } from '../config/state-paths.ts'
import { withSecretNames } from '../config/with-secrets.ts'
import type { HostPaths } from '../host-paths.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import type { SecretsOwner } from '../secrets/secrets.ts'
import { Reach } from './reach.ts'

/** What only the host knows; a command without one knows less, and says null. */
export interface Knowledge {
  readonly secrets: Pick<
    SecretsOwner,
    'view' | 'look' | 'isReady' | 'readValues' | 'giveToken' | 'storedNames'
  >
  gateway(): GatewayView | null
  askHealth(): Promise<GatewayHealth> | null
  backups(): Promise<BackupsView | null>
  service(): Promise<ServiceView | null>
  terminals(): TerminalsView | null
}

export interface GroundParts {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly platform: NodeJS.Platform
  readonly uid: number
  readonly statePaths: StatePaths
  readonly hostPaths: HostPaths
  /** A plain Node, which runs gateways. */
  readonly nodePath: string
  readonly table: ProcessTable
  readonly knowledge: Knowledge
  readonly reach?: Reach
  /** Where the locks of gateways are; else the usual places. */
  readonly tmpDir?: string
  /** Wall clock, ms since 1970. */
  now(): number
}

/** What the checks of one run stand on; files that several of them need are read once. */
export interface Ground extends GroundParts {
  readonly reach: Reach
  /** The configuration as a gateway would load it, with a stand-in for each value that the store has. */
  config(): Promise<ConfigOutcome>
  /** All it lacks is a token; {@link config} then goes on as if there were one. */
  lacksToken(): Promise<boolean>
  /** As written, with its includes. */
  tree(): Promise<ConfigTree>
  /** Where the gateway listens, or would. */
  port(): Promise<PortOutcome>
  /** The environment of that look. */
  readonly namesOnly: NodeJS.ProcessEnv
}

export function layGround(parts: GroundParts): Ground {
  const { env, statePaths, knowledge } = parts
  const namesOnly = { ...withSecretNames(env, knowledge.secrets.storedNames) }
  let config: ReturnType<typeof loadBoth> | null = null
  let tree: Promise<ConfigTree> | null = null
  const both = () => {
    config ??= loadBoth(statePaths, namesOnly)
    return config
  }
  const ground: Ground = {
    ...parts,
    reach: parts.reach ?? new Reach(),
    namesOnly,
    config: async () => (await both()).loaded,
    lacksToken: async () => (await both()).lacksToken,
    tree() {
      tree ??= readConfigTree(statePaths.configPath)
      return tree
    },
    async port() {
      const view = knowledge.gateway()
      if (view && pidOf(view.state) !== null) return { ok: true, port: view.port, source: 'flag' }
      const loaded = await ground.config()
      return resolveGatewayPort({ env, configured: loaded.ok ? loaded.config.gateway?.port : undefined })
    },
  }
  return ground
}

async function loadBoth(paths: StatePaths, env: NodeJS.ProcessEnv) {
  const loaded = await loadConfig(paths, env)
  if (loaded.ok) {
    const asksForToken = loaded.config.gateway?.auth?.mode !== 'password'
    return { loaded, lacksToken: loaded.token === null && asksForToken }
  }
  // A word that no gateway takes for a token is as good as none.
  const given = resolveToken({}, [{ source: 'environment', path: '', value: env[tokenName] }])
  if (given.ok && given.token) return { loaded, lacksToken: false }
  const withToken = await loadConfig(paths, { ...env, [tokenName]: 'stand-in' })
  return withToken.ok ? { loaded: withToken, lacksToken: true } : { loaded, lacksToken: false }
}
