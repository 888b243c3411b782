import { homedir } from 'node:os'
import type { LoggingConfig } from '../../host/config/config-schema.ts'
import type { LoadedConfig } from '../../host/config/load-config.ts'
import { accessLogTarget, chooseLogTarget } from '../../host/config/log-path.ts'
import type { Environment, StatePaths } from '../../host/config/state-paths.ts'
import { exitCode } from '../../shared/exit-codes.ts'
import type { Problem } from '../../shared/problem.ts'
import { version } from '../../shared/version.ts'
import { openAccessLog } from '../access/open-access-log.ts'
import { keepStateHealth } from '../health/keep-state-health.ts'
import type { Logger } from '../log/logger.ts'
import { type GatewayLog, openGatewayLog } from '../log/open-gateway-log.ts'
import { configInForce } from './config-in-force.ts'
import { createCounts } from './counts.ts'
import { openFront, type Steady } from './front.ts'
import { createGuessLimit } from './guess-limit.ts'
import { knownSecrets } from './known-secrets.ts'
import { beginLife, type LifeParts } from './life.ts'
import { createLives } from './lives.ts'
import type { RequestLogStyle } from './request-log.ts'
import { restartAfter } from './restart-after.ts'
import { restartOnSignal } from './restart-on-signal.ts'
import type { ServerSettings, SettingsOutcome } from './settings.ts'
import type { StateLock } from './state-lock.ts'
import { keepMemorySmall } from './tidy-memory.ts'

export interface ServerParts {
  readonly loaded: LoadedConfig
  readonly settings: ServerSettings
  readonly handed: Readonly<Record<string, string>>
  /** With what was handed over. */
  readonly env: Environment
  readonly paths: StatePaths
  readonly lock: StateLock
  settle(loaded: LoadedConfig): Promise<SettingsOutcome>
  /** Resolves to why the gateway is to end. */
  readonly signal: Promise<string>
  readonly isVerbose: boolean
  readonly wsLog: RequestLogStyle
}

/** Whoever waits for the gateway asks in this time, and is not to wait for what nobody has asked for yet. */
const firstAnswersMs = 100

/** Serves until the signal. Resolves to what kept it from listening, or null where all was as it should be. */
export async function runServer(parts: ServerParts): Promise<Problem | null> {
  const { loaded, settings, handed, env, paths, lock, settle, isVerbose } = parts
  const { stateDir, configPath } = paths
  const home = homedir()
  const counts = createCounts()
  const config = configInForce(loaded)
  const steady: Steady = {
    counts,
    access: { write: (entry) => access.write(entry) },
    logger: { error: (message, data) => logger.error(message, data) },
    facts: {
      stateDir,
      holdsLock: lock.isHeld,
      configProblems: () => config.problems(),
      logPath: () => log.path(),
      logState: () => log.state(),
    },
  }
  const opened = await openFront(settings, steady)
  if (!opened.ok) {
    await lock.release()
    return opened
  }

  const { stdout, stderr } = process
  // Whoever read our output may be gone before us; the log file is still written.
  for (const output of [stdout, stderr]) output.on('error', () => {})
  const { logging } = loaded.config
  const secrets = knownSecrets(loaded, settings, handed)
  const log: GatewayLog = openGatewayLog({ logging, isVerbose, env, home, stateDir, secrets, stdout, stderr })
  const { logger }: { logger: Logger } = log
  process.on('uncaughtException', (error) => {
    logger.fatal('The gateway met a fault of its own and ends', { error: error.stack ?? String(error) })
    process.exit(exitCode.failed)
  })
  const accessTarget = (logging: LoggingConfig | undefined) =>
    accessLogTarget(chooseLogTarget({ env, home, logging }), stateDir)
  const access = openAccessLog({
    target: accessTarget(logging),
    stateDir,
    redact: log.redact,
    now: () => new Date(),
    onWarning: (warning) => logger.warn(warning),
  })
  const logs: Pick<GatewayLog, 'reconfigure'> = {
    reconfigure(next, more) {
      log.reconfigure(next, more)
      access.moveTo(accessTarget(next))
    },
  }
  const stateHealth = keepStateHealth(() => ({ config: config.current().config, stateDir, home }))
  const lifeParts: LifeParts = {
    log,
    access,
    counts,
    config,
    stateHealth,
    guesses: createGuessLimit(),
    wsLog: parts.wsLog,
    isVerbose,
    places: { env: { ...env }, home, configPath, stateDir },
    restart: (reason, delayMs) => restartAfter({ lives, config, reason, delayMs }),
  }
  const takeNote = () =>
    void import('./restart-note.ts').then(({ takeRestartNote }) => takeRestartNote(stateDir, logger))
  const { front } = opened
  const life = beginLife(settings, loaded, lifeParts)
  front.serve(life)
  const lives = createLives({
    front,
    life,
    logger: logger.named('restart'),
    counts,
    settle,
    open: (next) => openFront(next, steady),
    begin(next, from) {
      takeNote()
      return beginLife(next, from, lifeParts)
    },
    adopted(next, by) {
      logs.reconfigure(next.config.logging, knownSecrets(next, by, handed))
      config.adopt(next)
    },
  })

  restartOnSignal(lives, config, logger)

  const [address] = settings.addresses
  stdout.write(`Gateway ready: http://${address}:${settings.port} (pid ${process.pid})\n`)
  for (const { path, key, line, column, detail } of loaded.warnings) {
    logger.warn(`${key} ${detail}`, { path, line, column })
  }
  const { port, bind, addresses } = settings
  logger.info('The gateway is ready', { port, bind, addresses, pid: process.pid, version, log: log.path() })
  if (lock.obstacle !== null) {
    const facts = { path: lock.path, detail: lock.obstacle }
    logger.warn('Other programs cannot see that this gateway runs on this state', facts)
  }
  keepMemorySmall() // not before: the start makes much that is young
  const later = setTimeout(() => {
    stateHealth.known()
    takeNote()
    void import('./follow-config.ts').then(({ followConfig }) =>
      // Another life may have begun meanwhile.
      followConfig({ paths, env, loaded: config.current(), logger, log: logs, handed, config, lives }),
    )
  }, firstAnswersMs)

  const reason = await parts.signal
  clearTimeout(later)
  logger.info('The gateway closes', { signal: reason })
  config.close()
  await lives.close(reason)
  // The last of it: until here it may still write to its state.
  await lock.release()
  access.close()
  logger.info('The gateway has closed')
  log.close()
  return null
}
