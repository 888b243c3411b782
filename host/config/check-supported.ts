import { isIPv4 } from 'node:net'
import type { Problem } from '../../shared/problem.ts'
import { type LoadedConfig, passwordName, tokenName } from './load-config.ts'

/**
 * Values that are valid Moltbot but that this gateway cannot honour, or not safely. To go on without them would be
 * to open less, or more, than the owner asked for.
 */
export async function checkSupported(loaded: LoadedConfig): Promise<Problem<'CONFIG_INVALID'> | null> {
  const [key, detail] = unsupported(loaded) ?? []
  if (key === undefined || detail === undefined) return null
  return { code: 'CONFIG_INVALID', params: await loaded.issueAt(key.split('.'), detail) }
}

function unsupported({ config, token, password }: LoadedConfig): readonly [string, string] | null {
  const { gateway } = config
  if (gateway?.mode === 'remote') {
    return ['gateway.mode', 'is remote, which means that no gateway runs on this machine; set it to local']
  }
  if (gateway?.tls?.enabled) {
    return ['gateway.tls.enabled', 'TLS is not supported; set it to false, and let a reverse proxy speak TLS']
  }
  if (gateway?.tailscale?.mode !== undefined && gateway.tailscale.mode !== 'off') {
    return [
      'gateway.tailscale.mode',
      'only off is supported; set it to off, and gateway.bind to tailnet, or run tailscale serve yourself',
    ]
  }
  const isPassword = gateway?.auth?.mode === 'password'
  if (isPassword && !password) return ['gateway.auth.mode', missingSecret('password', passwordName)]
  const host = gateway?.customBindHost
  if (gateway?.bind === 'custom' && (host === undefined || !isIPv4(host))) {
    return ['gateway.customBindHost', 'must be an IPv4 address of this machine where gateway.bind is custom']
  }
  const isOpen = gateway?.bind === 'lan' || gateway?.bind === 'tailnet' || gateway?.bind === 'custom'
  if (isOpen && !isPassword && !token) return ['gateway.bind', missingSecret('token', tokenName)]
  return null
}

function missingSecret(kind: 'token' | 'password', name: string): string {
  return `needs a ${kind}, and there is none; set gateway.auth.${kind} to "\${${name}}", and keep its value with: moltbot secrets set ${name}`
}
