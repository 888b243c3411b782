import type { LoadedConfig } from '../../host/config/load-config.ts'
import type { ServerSettings } from './settings.ts'

/** Every secret that this process knows by value; no log and no answer may show one. */
export function knownSecrets(
  { config, token }: Pick<LoadedConfig, 'config' | 'token'>,
  { secret }: Pick<ServerSettings, 'secret'>,
  handed: Readonly<Record<string, string>>,
): string[] {
  const { auth, remote } = config.gateway ?? {}
  const found = [
    secret,
    token?.value,
    auth?.token,
    auth?.password,
    remote?.token,
    remote?.password,
    process.env.CLAWDBOT_GATEWAY_PASSWORD,
    ...Object.values(handed),
  ]
  return [...new Set(found.flatMap((value) => value || []))]
}
