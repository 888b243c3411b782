import type { LooseFields } from '../../shared/loose-value.ts'

/** Where sessions are looked for; the same for the gateway and for a command line that works without it. */
export interface SessionState {
  readonly config: LooseFields
  readonly stateDir: string
  readonly home: string
}
