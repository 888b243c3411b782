import type { Problem } from '../../shared/problem.ts'
import type { GatewayLogState } from '../log/open-gateway-log.ts'

/** What the gateway can be asked about itself beyond that it lives; asked at the moment of need. */
export interface HealthFacts {
  /** Whether it holds the lock of its state, so that no second gateway works on it. */
  holdsLock(): boolean
  /** What is wrong with the configuration files as they are now, while an earlier state of them is in force. */
  configProblems(): readonly Problem[]
  /** Null where no log can be written. */
  logPath(): string | null
  logState(): GatewayLogState
  readonly stateDir: string
}
