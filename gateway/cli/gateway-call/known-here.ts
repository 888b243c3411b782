import { readEnvFile } from '../../../host/config/env-file.ts'
import type { Environment, StatePaths } from '../../../host/config/state-paths.ts'
import { isMaskable, isSecretName } from '../../../host/secrets/secret-rules.ts'
import { isFields, type LooseFields } from '../../../shared/loose-value.ts'

/** As keys of the configuration are spelled. */
const secretKey = /(?:token|password|passwd|secret|apikey|api_key|privatekey|credentials?)$/i

/**
 * Values that a command may show to nobody: those of `.env`, those of variables and configuration keys whose names
 * are a secret's, and `further`. Never rejects.
 */
export async function knownHere(
  { envFilePath }: Pick<StatePaths, 'envFilePath'>,
  env: Environment,
  config: LooseFields,
  further: readonly (string | undefined)[],
): Promise<readonly string[]> {
  const file = await readEnvFile(envFilePath)
  const values = [...further, ...(file.ok ? Object.values(file.values) : []), ...secretsIn(env)]
  return [...new Set([...values, ...secretsIn(config)])].flatMap((value) =>
    value !== undefined && isMaskable(value) ? [value] : [],
  )
}

function secretsIn(value: unknown, name = ''): readonly string[] {
  const isSecret = secretKey.test(name) || isSecretName(name)
  if (typeof value === 'string') return isSecret ? [value] : []
  // What a secret's name holds is one, whatever its members are called.
  const inner = (key: string) => (isSecret ? name : key)
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, name))
  if (!isFields(value)) return []
  return Object.entries(value).flatMap(([key, item]) => secretsIn(item, inner(key)))
}
