import { leastTokenLength } from '../../../shared/findings.ts'
import { gatewayTokenName } from '../../../shared/secrets.ts'
import { type ConfigNode, nearestNode } from '../../config/config-tree.ts'
import { readEnvFile } from '../../config/env-file.ts'
import { loadConfig } from '../../config/load-config.ts'
import { referencesIn } from '../../config/substitute.ts'
import { withSecrets } from '../../config/with-secrets.ts'
import { type Check, type Found, found } from '../finding.ts'
import type { Ground } from '../ground.ts'
import { readServiceFiles } from '../service-file.ts'
import { writeMissing } from '../write-missing.ts'

/** What examples and impatience put there. */
const guessable = new Set([
  'changeme',
  'change-me',
  'your-token',
  'your-secret-token',
  'your-token-here',
  'password',
  'secret',
  'token',
  'test',
  'admin',
  'moltbot',
  'clawdbot',
  '123456',
  '12345678',
])

/** The gateway's token: there, strong, said once. Values are compared here and go nowhere. */
export const tokenCheck: Check = {
  name: 'token',
  async look(ground) {
    const name = gatewayTokenName
    if (await ground.lacksToken()) {
      // There is one, and it was refused: what stands there is the owner's to replace.
      if (ground.namesOnly[name]) return [found('tokenWord', 'critical', { name, source: 'environment' })]
      const loaded = await ground.config()
      // The first start writes one together with the configuration.
      if (loaded.ok && loaded.sources.length === 0) return []
      const envFile = await readEnvFile(ground.statePaths.envFilePath)
      if (envFile.ok && envFile.values[name]) {
        return [found('tokenWord', 'critical', { name, source: 'envFile' })]
      }
      const mend = () => writeMissing(ground, ground.statePaths.envFilePath)
      return [found('tokenMissing', 'critical', { name }, { mend })]
    }
    return [...(await strength(ground)), ...(await written(ground)), ...(await differing(ground))]
  },
}

/** Null where the store cannot be read without asking somebody. */
async function storedValues({ knowledge: { secrets } }: Ground): Promise<Record<string, string> | null> {
  if (secrets.storedNames.length === 0) return {}
  if (!(await secrets.isReady())) return null
  const read = await secrets.readValues()
  return read.ok ? { ...read.values } : null
}

async function strength(ground: Ground): Promise<Found[]> {
  const { env, knowledge, statePaths } = ground
  const values = await storedValues(ground)
  if (values === null) return []
  const loaded = await loadConfig(statePaths, withSecrets(env, values))
  if (!loaded.ok || !loaded.token) return []
  const { value, source } = loaded.token
  const view = knowledge.secrets.view.secrets.find(({ name }) => name === gatewayTokenName)
  const from = source === 'config' ? (view?.source ?? 'config') : (view?.source ?? source)
  if (guessable.has(value.trim().toLowerCase())) {
    return [found('tokenGuessable', 'critical', { source: from })]
  }
  if (value.length >= leastTokenLength) return []
  return [found('tokenShort', 'warn', { source: from, least: leastTokenLength })]
}

async function written(ground: Ground): Promise<Found[]> {
  const name = gatewayTokenName
  const node = await literal(ground)
  if (!node) return []
  return [found('tokenWritten', 'warn', { path: node.source.path, name, reference: `\${${name}}` })]
}

/** The token as the configuration itself has it; null where it only refers to one. */
async function literal({ tree }: Ground): Promise<(ConfigNode & { readonly value: string }) | null> {
  const read = await tree()
  if (!read.ok) return null
  const node = nearestNode(read.root, ['gateway', 'auth', 'token'])
  if (node.kind !== 'value' || node.at.at(-1) !== 'token') return null
  const { value } = node
  return typeof value === 'string' && referencesIn(value).length === 0 ? { ...node, value } : null
}

/** Who asks finds one token, who answers another: the most common reason for a refusal. */
async function differing(ground: Ground): Promise<Found[]> {
  const { env, knowledge, statePaths } = ground
  const name = gatewayTokenName
  const envFile = await readEnvFile(statePaths.envFilePath)
  const stored = await storedValues(ground)
  const services = await readServiceFiles(ground)
  const sources = [
    ['config', (await literal(ground))?.value],
    ['environment', env[name]],
    [knowledge.secrets.view.store.kind, stored?.[name]],
    ['envFile', envFile.ok ? envFile.values[name] : undefined],
    ...services.map(({ environment }) => ['service', environment[name]] as const),
  ] as const
  const present = sources.filter(([, value]) => value !== undefined && value !== '')
  const [first, ...others] = present
  if (!first) return []
  return others
    .filter(([, value]) => value !== first[1] && !value?.includes('${'))
    .slice(0, 1)
    .map(([other]) => found('tokensDiffer', 'warn', { name, inForce: first[0], other }))
}
