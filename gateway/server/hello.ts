import { policy, protocolVersion } from '../../shared/protocol/limits.ts'
import { health } from './health.ts'
import type { Method } from './methods.ts'
import type { Presence } from './presence.ts'
import type { Vitals } from './vitals.ts'

/** Events that are really sent; `hello-ok` lists exactly these. */
export const eventNames = ['connect.challenge', 'tick', 'presence', 'shutdown'] as const
export type EventName = (typeof eventNames)[number]

export interface HelloFacts {
  readonly connId: string
  readonly vitals: Vitals
  readonly presence: Presence
  readonly methods: ReadonlyMap<string, Method>
  readonly configPath: string
  readonly stateDir: string
}

export function helloOk({ connId, vitals, presence, methods, configPath, stateDir }: HelloFacts): object {
  return {
    type: 'hello-ok',
    protocol: protocolVersion,
    server: { version: vitals.version, connId },
    features: { methods: [...methods.keys()], events: eventNames },
    snapshot: {
      presence: presence.list(),
      health: health(vitals),
      stateVersion: stateVersion(presence),
      uptimeMs: vitals.uptimeMs(),
      configPath,
      stateDir,
    },
    policy,
  }
}

/** Health is asked for, never sent by itself: its version does not change. */
export function stateVersion(presence: Presence): object {
  return { presence: presence.version(), health: 0 }
}
