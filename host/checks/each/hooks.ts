import { leastTokenLength } from '../../../shared/findings.ts'
import { loadConfig } from '../../config/load-config.ts'
import { withSecrets } from '../../config/with-secrets.ts'
import { type Check, type Found, found } from '../finding.ts'
import type { Ground } from '../ground.ts'

const key = 'hooks.token'

/** Webhooks run the assistant for whoever has their token. The value is compared here and goes nowhere. */
export const hooksCheck: Check = {
  name: 'hooks',
  async look(ground) {
    const loaded = await ground.config()
    if (!loaded.ok) return []
    const hooks = hooksOf(loaded.config)
    if (hooks.enabled !== true) return []
    const findings: Found[] = []
    if (typeof hooks.path === 'string' && /^\/*$/.test(hooks.path.trim())) {
      findings.push(found('hooksPathRoot', 'critical', { key: 'hooks.path' }))
    }
    if (typeof hooks.token !== 'string' || hooks.token.trim() === '') {
      return [...findings, found('hooksTokenMissing', 'warn', { key })]
    }
    return [...findings, ...(await strength(ground))]
  },
}

async function strength({ env, knowledge: { secrets }, statePaths }: Ground): Promise<Found[]> {
  const isReadable = secrets.storedNames.length === 0 || (await secrets.isReady())
  const read = isReadable ? await secrets.readValues() : null
  if (!read?.ok) return []
  const loaded = await loadConfig(statePaths, withSecrets(env, read.values))
  if (!loaded.ok) return []
  const token = String(hooksOf(loaded.config).token ?? '')
  if (token === loaded.token?.value) return [found('hooksTokenReused', 'warn', { key })]
  if (token.length >= leastTokenLength) return []
  return [found('hooksTokenShort', 'warn', { key, least: leastTokenLength })]
}

function hooksOf(config: unknown): { enabled?: unknown; path?: unknown; token?: unknown } {
  const { hooks } = config as { readonly hooks?: unknown }
  return typeof hooks === 'object' && hooks !== null ? hooks : {}
}
