import { policy, protocolVersion } from '../../shared/protocol/limits.ts'
import type { Method } from './methods.ts'
import type { Vitals } from './vitals.ts'

/** Events that are really sent; `hello-ok` lists exactly these. */
export const eventNames = ['connect.challenge', 'tick', 'shutdown'] as const
export type EventName = (typeof eventNames)[number]

export interface HelloFacts {
  readonly connId: string
  readonly vitals: Vitals
  readonly methods: ReadonlyMap<string, Method>
  readonly configPath: string
  readonly stateDir: string
}

export function helloOk({ connId, vitals, methods, configPath, stateDir }: HelloFacts): object {
  return {
    type: 'hello-ok',
    protocol: protocolVersion,
    server: { version: vitals.version, connId },
    features: { methods: [...methods.keys()], events: eventNames },
    snapshot: {
      presence: [],
      health: methods.get('health')?.() ?? {},
      stateVersion: { presence: 0, health: 0 },
      uptimeMs: vitals.uptimeMs(),
      configPath,
      stateDir,
    },
    policy,
  }
}
