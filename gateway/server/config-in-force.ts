import type { LoadedConfig } from '../../host/config/load-config.ts'
import type { LiveConfig } from '../reload/live-config.ts'
import type { OpenLiveConfig } from '../reload/open-live-config.ts'

export interface ConfigInForce extends LiveConfig {
  /** From now on its files are followed; who listens already hears of it. */
  follow(live: OpenLiveConfig): void
  /** Looks at its files at once; see {@link OpenLiveConfig}. */
  reload(): Promise<void>
  /** A new life of the server serves these. */
  adopt(loaded: LoadedConfig): void
  close(): void
}

/** The configuration of the start, until what follows its files has been loaded: nobody waits for that. */
export function configInForce(loaded: LoadedConfig): ConfigInForce {
  let live: OpenLiveConfig | null = null
  let adopted = loaded
  const waiting = new Set<Parameters<LiveConfig['onChange']>[0]>()
  return {
    current: () => live?.current() ?? adopted,
    problems: () => live?.problems() ?? [],
    onChange(listener) {
      if (live) return live.onChange(listener)
      waiting.add(listener)
      return () => waiting.delete(listener)
    },
    follow(found) {
      live = found
      for (const listener of waiting) live.onChange(listener)
      waiting.clear()
    },
    reload: async () => live?.reload(),
    adopt(next) {
      adopted = next
      live?.adopt(next)
    },
    close: () => live?.close(),
  }
}
