import { networkInterfaces } from 'node:os'
import { resolveGatewayPort } from '../../host/config/gateway-port.ts'
import { type LoadedConfig, tokenName } from '../../host/config/load-config.ts'
import type { Environment, StatePaths } from '../../host/config/state-paths.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { type BindMode, bindAddresses, isLoopbackOnly } from './bind-addresses.ts'
import type { SecretMode } from './gate.ts'
import { passwordName, secretInForce } from './secret-in-force.ts'

/** As typed; each wins over environment and configuration, for as long as the process lives. */
export interface GatewayFlags {
  readonly port?: string | undefined
  readonly bind?: BindMode | undefined
  readonly auth?: SecretMode | undefined
  readonly token?: string | undefined
  readonly password?: string | undefined
}

/** What one life of the server is served with. */
export interface ServerSettings {
  readonly port: number
  readonly bind: BindMode
  /** The one that was asked for first. */
  readonly addresses: readonly string[]
  readonly secretMode: SecretMode
  readonly secret: string
  readonly trustedProxies: readonly string[]
}

export type SettingsOutcome =
  | { readonly ok: true; readonly settings: ServerSettings }
  /** `isConfig`: nothing but a change of the configuration helps. */
  | { readonly ok: false; readonly kind: 'problem'; readonly problem: Problem; readonly isConfig: boolean }
  | { readonly ok: false; readonly kind: 'usage'; readonly detail: string }

export interface SettingsQuestion {
  readonly loaded: LoadedConfig
  readonly flags: GatewayFlags
  readonly env: Environment
  readonly paths: StatePaths
}

/** Whoever can be reached from other machines is guessed at from there; as Moltbot's audit demands. */
const shortestSecret = 24

/** Puts together what is asked for, and refuses what would open less, or more, than that. */
export async function serverSettings(question: SettingsQuestion): Promise<SettingsOutcome> {
  const { loaded, flags, env } = question
  const { gateway } = loaded.config
  const choice = resolveGatewayPort({ flag: flags.port, env, configured: gateway?.port })
  if (!choice.ok) return { ok: false, kind: 'usage', detail: choice.detail }

  const mode = flags.bind ?? gateway?.bind ?? 'loopback'
  const { customBindHost } = gateway ?? {}
  const bind = bindAddresses({ mode, customBindHost, interfaces: networkInterfaces })
  if (!bind.ok && bind.kind === 'invalid') {
    return refuse(await invalid(loaded, ['gateway', 'customBindHost'], bind.detail), true)
  }
  if (!bind.ok) {
    return refuse(problem('BIND_UNAVAILABLE', { mode, address: bind.address, detail: bind.detail }), false)
  }

  const secret = secretInForce({ loaded, env, flags })
  if (!secret.ok) return refuse(await missingSecret(question, secret), true)
  if (!isLoopbackOnly(bind.addresses) && secret.value.length < shortestSecret) {
    const name = secret.mode === 'token' ? tokenName : passwordName
    return refuse(problem('BIND_NEEDS_SECRET', { mode, limit: shortestSecret, name }), true)
  }
  return {
    ok: true,
    settings: {
      port: choice.port,
      bind: mode,
      addresses: bind.addresses,
      secretMode: secret.mode,
      secret: secret.value,
      trustedProxies: gateway?.trustedProxies ?? [],
    },
  }
}

async function missingSecret(
  { loaded, paths }: SettingsQuestion,
  { mode, flaw }: { mode: SecretMode; flaw: string | null },
): Promise<Problem> {
  if (flaw !== null) return invalid(loaded, ['gateway', 'auth', mode], flaw)
  return mode === 'token'
    ? problem('TOKEN_MISSING', { path: paths.envFilePath, name: tokenName })
    : problem('PASSWORD_MISSING', { path: paths.envFilePath, name: passwordName })
}

async function invalid(loaded: LoadedConfig, key: string[], detail: string): Promise<Problem> {
  return { code: 'CONFIG_INVALID', params: await loaded.issueAt(key, detail) }
}

function refuse(found: Problem, isConfig: boolean): SettingsOutcome {
  return { ok: false, kind: 'problem', problem: found, isConfig }
}
