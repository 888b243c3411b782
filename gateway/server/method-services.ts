import type { StateHealthKeeper } from '../health/state-health.ts'
import type { LiveConfig } from '../reload/live-config.ts'
import type { Presence } from './presence.ts'
import type { Vitals } from './vitals.ts'

/** What the methods of the protocol may use. */
export interface MethodServices {
  readonly vitals: Vitals
  readonly presence: Presence
  readonly stateHealth: StateHealthKeeper
  readonly config: LiveConfig
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly port: number
  readonly configPath: string
  readonly stateDir: string
  /** Null where no log can be written. */
  readonly logPath: () => string | null
  /** Sends an event to each client that may hear it. */
  readonly broadcast: (event: string, payload: object) => void
  /** Begins a new life of the server in `delayMs`, after the answer to who asked has left. */
  readonly restart: (reason: string, delayMs: number) => void
}
