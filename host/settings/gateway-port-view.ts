import type { Problem } from '../../shared/problem.ts'
import type { GatewayPortView } from '../../shared/settings.ts'
import { resolveGatewayPort } from '../config/gateway-port.ts'
import { loadConfig } from '../config/load-config.ts'
import type { StatePaths } from '../config/state-paths.ts'

export interface PortQuestion {
  readonly paths: StatePaths
  readonly env: NodeJS.ProcessEnv
  /** Port asked for on the command line, if any. */
  readonly portFlag: string | undefined
}

/** Which port the gateway's next start will take, by the files as they are now. */
export async function viewGatewayPort({ paths, env, portFlag }: PortQuestion): Promise<GatewayPortView> {
  const loaded = await loadConfig(paths, env)
  const configured = loaded.ok ? loaded.config.gateway?.port : undefined
  const resolved = resolveGatewayPort({ flag: portFlag, env, configured })
  if (!loaded.ok) {
    // Only a member of the problem's own kinds ever stands in a refusal.
    const problem = { code: loaded.code, params: loaded.params } as Problem
    const source = resolved.source === 'default' ? 'config' : resolved.source
    return { next: null, source, configured: null, problem }
  }
  return {
    next: resolved.ok ? resolved.port : null,
    source: resolved.source,
    configured: configured ?? null,
    problem: null,
  }
}
