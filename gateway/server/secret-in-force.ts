import { type GatewayToken, resolveToken } from '../../host/config/gateway-token.ts'
import { type LoadedConfig, tokenName } from '../../host/config/load-config.ts'
import type { Environment } from '../../host/config/state-paths.ts'
import type { SecretMode } from './gate.ts'

export const passwordName = 'CLAWDBOT_GATEWAY_PASSWORD'

export interface SecretQuestion {
  readonly loaded: Pick<LoadedConfig, 'config' | 'token'>
  /** With the secrets that were handed over. */
  readonly env: Environment
  /** As typed; they win. */
  readonly flags: {
    readonly auth?: SecretMode | undefined
    readonly token?: string | undefined
    readonly password?: string | undefined
  }
}

export type SecretOutcome =
  | { readonly ok: true; readonly mode: SecretMode; readonly value: string }
  /** `flaw`: why the one there is cannot be used; null where there is none. */
  | { readonly ok: false; readonly mode: SecretMode; readonly flaw: string | null }

/**
 * The one secret that lets a client in. The mode decides which where there are both: as typed, as configured, else
 * the token, else the password where there is no token.
 */
export function secretInForce({ loaded, env, flags }: SecretQuestion): SecretOutcome {
  const { auth } = loaded.config.gateway ?? {}
  const typedToken = flags.token === undefined ? null : resolve(flags.token)
  const password = resolve(flags.password ?? auth?.password ?? env[passwordName])
  const token: Resolved = typedToken ?? { ok: true, secret: loaded.token }
  const hasToken = token.ok ? token.secret !== null : true
  const hasPassword = password.ok ? password.secret !== null : true
  const mode = flags.auth ?? auth?.mode ?? (!hasToken && hasPassword ? 'password' : 'token')
  const chosen = mode === 'token' ? token : password
  if (!chosen.ok) return { ok: false, mode, flaw: chosen.detail }
  return chosen.secret ? { ok: true, mode, value: chosen.secret.value } : { ok: false, mode, flaw: null }
}

type Resolved = { ok: true; secret: GatewayToken | null } | { ok: false; detail: string }

/** By the rules of the token: not empty, and no word that a script writes for a missing value. */
function resolve(value: string | undefined): Resolved {
  const found = resolveToken({}, [{ source: 'environment', path: tokenName, value }])
  return found.ok ? { ok: true, secret: found.token } : { ok: false, detail: found.detail }
}
