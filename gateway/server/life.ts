import type { LoadedConfig } from '../../host/config/load-config.ts'
import { version } from '../../shared/version.ts'
import type { AccessLog } from '../access/access-log.ts'
import type { StateHealthKeeper } from '../health/state-health.ts'
import type { GatewayLog } from '../log/open-gateway-log.ts'
import type { LiveConfig } from '../reload/live-config.ts'
import { sessionDefaults } from '../sessions/session-defaults.ts'
import { allowedSources } from './allowed-sources.ts'
import { type ClientServer, serveClients } from './client-server.ts'
import type { CountsRecord } from './counts.ts'
import type { Back } from './front.ts'
import { createGate } from './gate.ts'
import type { GuessLimit } from './guess-limit.ts'
import type { MethodServices } from './method-services.ts'
import { createMethods } from './methods.ts'
import { createPresence } from './presence.ts'
import { createRequestLog, type RequestLogStyle } from './request-log.ts'
import type { ServerSettings } from './settings.ts'
import { forwardedBy } from './trusted-proxies.ts'
import { createVitals, type Vitals } from './vitals.ts'

/** What outlives every life of the server. */
export interface LifeParts {
  readonly log: GatewayLog
  readonly access: AccessLog
  readonly counts: CountsRecord
  readonly guesses: GuessLimit
  readonly config: LiveConfig
  readonly stateHealth: StateHealthKeeper
  readonly wsLog: RequestLogStyle
  readonly isVerbose: boolean
  readonly places: Pick<MethodServices, 'env' | 'home' | 'configPath' | 'stateDir'>
  restart(reason: string, delayMs: number): void
}

/** One life of the server: everything between two restarts, under one set of settings. */
export interface Life extends Back {
  readonly settings: ServerSettings
  readonly loaded: LoadedConfig
  readonly vitals: Vitals
  readonly clients: ClientServer
}

export function beginLife(settings: ServerSettings, loaded: LoadedConfig, parts: LifeParts): Life {
  const { log, access, counts, guesses, config, stateHealth, places, restart } = parts
  const { addresses, port, secretMode, secret, trustedProxies } = settings
  const vitals = createVitals(version)
  const sources = allowedSources(addresses, port)
  const gate = createGate(secretMode, secret, guesses)
  const forwardedFor = forwardedBy(trustedProxies)
  const presence = createPresence({
    now: Date.now,
    redact: log.redact,
    changed: () => clients.presenceChanged(),
  })
  const broadcast = (event: string, payload: object) => clients.broadcast(event, payload)
  const logPath = () => log.path()
  const told = { vitals, presence, stateHealth }
  const methods = createMethods({ ...places, ...told, config, port, logPath, broadcast, restart })
  const logger = log.logger.named('clients')
  let healthVersion = 0
  const clients: ClientServer = serveClients({
    ...places,
    ...told,
    methods,
    gate,
    counts,
    access,
    logger,
    sources,
    forwardedFor,
    requestLog: createRequestLog(logger, parts.wsLog, parts.isVerbose),
    sessionDefaults: () => sessionDefaults(config.current().config),
    healthVersion: () => healthVersion,
    healthTold: () => {
      healthVersion += 1
    },
  })
  return {
    settings,
    loaded,
    vitals,
    clients,
    isAllowedHost: sources.isAllowedHost,
    isSecret: gate.isSecret,
    forwardedFor,
    upgrade: clients.upgrade,
  }
}
