import type { LoadedConfig } from '../../host/config/load-config.ts'
import type { Problem } from '../../shared/problem.ts'

/** The configuration that is in force; whoever needs a value asks at the moment of need. */
export interface LiveConfig {
  current(): LoadedConfig
  /** What is wrong with the files as they are now, while an earlier state of them is in force; else empty. */
  problems(): readonly Problem[]
  /** Calls `listener` after each change that came into force without a restart. */
  onChange(listener: (now: LoadedConfig, before: LoadedConfig) => void): () => void
}
