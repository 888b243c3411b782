import { defaultGatewayPort } from '../../shared/endpoints.ts'
import type { Environment } from './state-paths.ts'

export type PortSource = 'flag' | 'MOLTBOT_GATEWAY_PORT' | 'CLAWDBOT_GATEWAY_PORT' | 'config' | 'default'

export type PortOutcome =
  | { readonly ok: true; readonly port: number; readonly source: PortSource }
  /** Wrong usage: exit 2. `source` is what to correct. */
  | { readonly ok: false; readonly source: PortSource; readonly detail: string }

export interface PortRequest {
  readonly flag?: string | number | undefined
  readonly env: Environment
  readonly configured?: number | undefined
}

/** The gateway's port, the same for host, gateway and command line: flag > environment > configuration > default. */
export function resolveGatewayPort({ flag, env, configured }: PortRequest): PortOutcome {
  if (flag !== undefined) return check('flag', String(flag))
  for (const name of ['MOLTBOT_GATEWAY_PORT', 'CLAWDBOT_GATEWAY_PORT'] as const) {
    const value = env[name]
    if (value) return check(name, value)
  }
  if (configured !== undefined) return check('config', String(configured))
  return { ok: true, port: defaultGatewayPort, source: 'default' }
}

function check(source: PortSource, text: string): PortOutcome {
  const port = parsePort(text)
  if (port !== null) return { ok: true, port, source }
  return { ok: false, source, detail: `${names[source]} must be a whole number from 1 to 65535` }
}

/** Decimal digits only; null for anything else, so that `0x10`, `1e3` and ` 1` are not ports. */
export function parsePort(text: string): number | null {
  if (!/^\d{1,5}$/.test(text)) return null
  const port = Number(text)
  return port >= 1 && port <= 65_535 ? port : null
}

const names: Record<PortSource, string> = {
  flag: 'The gateway port',
  MOLTBOT_GATEWAY_PORT: 'MOLTBOT_GATEWAY_PORT',
  CLAWDBOT_GATEWAY_PORT: 'CLAWDBOT_GATEWAY_PORT',
  config: 'gateway.port',
  default: 'The default port',
}
