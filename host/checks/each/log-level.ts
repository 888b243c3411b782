import { type Check, found } from '../finding.ts'

const inverted = new Set(['warn', 'error', 'fatal'])

/** Moltbot itself writes more to its file with these levels, not less; told where it has used this file. */
export const logLevelCheck: Check = {
  name: 'logLevel',
  async look(ground) {
    const loaded = await ground.config()
    if (!loaded.ok) return []
    const level = loaded.config.logging?.level ?? ''
    const { meta } = loaded.config as { readonly meta?: { readonly lastTouchedVersion?: unknown } }
    if (!inverted.has(level) || typeof meta?.lastTouchedVersion !== 'string') return []
    return [found('logLevelInverted', 'info', { level })]
  },
}
