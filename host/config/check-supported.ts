import type { Problem } from '../../shared/problem.ts'
import type { LoadedConfig } from './load-config.ts'

/**
 * Values that are valid Moltbot but that this gateway cannot honour. To go on without them would be to
 * open less, or more, than the owner asked for.
 */
export async function checkSupported(loaded: LoadedConfig): Promise<Problem<'CONFIG_INVALID'> | null> {
  const { gateway } = loaded.config
  const refuse = async (key: string, detail: string): Promise<Problem<'CONFIG_INVALID'>> => ({
    code: 'CONFIG_INVALID',
    params: await loaded.issueAt(key.split('.'), detail),
  })
  if (gateway?.mode === 'remote') {
    return refuse(
      'gateway.mode',
      'is remote, which means that no gateway runs on this machine; set it to local',
    )
  }
  if (gateway?.bind !== undefined && gateway.bind !== 'loopback') {
    return refuse('gateway.bind', 'only loopback is supported for now')
  }
  if (gateway?.auth?.mode === 'password') {
    return refuse('gateway.auth.mode', 'only token is supported for now')
  }
  if (gateway?.tls?.enabled) return refuse('gateway.tls.enabled', 'TLS is not supported for now')
  if (gateway?.tailscale?.mode !== undefined && gateway.tailscale.mode !== 'off') {
    return refuse('gateway.tailscale.mode', 'only off is supported for now')
  }
  return null
}
