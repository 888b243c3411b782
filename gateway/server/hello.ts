import { hostname } from 'node:os'
import { policy, protocolVersion } from '../../shared/protocol/limits.ts'
import type { Scope } from '../../shared/protocol/scopes.ts'
import { nothingKnown, type StateHealthKeeper } from '../health/state-health.ts'
import { mayHear } from './event-scopes.ts'
import { health } from './health.ts'
import type { Methods } from './method.ts'
import type { Presence } from './presence.ts'
import type { Vitals } from './vitals.ts'

/** Events that are really sent; `hello-ok` lists exactly these. */
export const eventNames = ['connect.challenge', 'tick', 'presence', 'health', 'shutdown'] as const

export interface HelloFacts {
  readonly vitals: Vitals
  readonly presence: Presence
  readonly stateHealth: Pick<StateHealthKeeper, 'known'>
  readonly healthVersion: () => number
  readonly methods: Methods
  readonly sessionDefaults: () => object
  readonly configPath: string
  readonly stateDir: string
}

export interface Welcome {
  readonly connId: string
  readonly granted: ReadonlySet<Scope>
}

export function helloOk(facts: HelloFacts, { connId, granted }: Welcome): object {
  const { vitals, presence, stateHealth, methods, sessionDefaults, configPath, stateDir } = facts
  // Keys and numbers of sessions and accounts are for whom may ask for them.
  const seen = mayHear(granted, 'health') ? stateHealth.known() : nothingKnown
  return {
    type: 'hello-ok',
    protocol: protocolVersion,
    server: { version: vitals.version, host: hostname(), connId },
    features: { methods: [...methods.keys()], events: eventNames },
    snapshot: {
      presence: presence.list(),
      health: health(vitals, seen),
      stateVersion: stateVersion(facts),
      uptimeMs: vitals.uptimeMs(),
      configPath,
      stateDir,
      sessionDefaults: sessionDefaults(),
    },
    auth: { role: 'operator', scopes: [...granted] },
    policy,
  }
}

/** Each rises with every change that clients are told of. */
export function stateVersion({
  presence,
  healthVersion,
}: Pick<HelloFacts, 'presence' | 'healthVersion'>): object {
  return { presence: presence.version(), health: healthVersion() }
}
