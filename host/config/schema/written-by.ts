/** The last Moltbot whose keys are all known here. */
const knownUntil = [2026, 1, 29]

/** Whether `meta.lastTouchedVersion` says that a newer Moltbot wrote the configuration. */
export function isNewerConfig(config: Readonly<Record<string, unknown>>): boolean {
  const { meta } = config
  if (typeof meta !== 'object' || meta === null || !('lastTouchedVersion' in meta)) return false
  const [, ...parts] = /^v?(\d{4})\.(\d{1,2})\.(\d{1,2})/.exec(String(meta.lastTouchedVersion)) ?? []
  for (const [at, known] of knownUntil.entries()) {
    const part = Number(parts[at] ?? 0)
    if (part !== known) return part > known
  }
  return false
}
