import { homedir } from 'node:os'
import { checkSupported } from '../../host/config/check-supported.ts'
import { parsePort, resolveGatewayPort } from '../../host/config/gateway-port.ts'
import { loadConfig, tokenName } from '../../host/config/load-config.ts'
import { resolveStatePaths } from '../../host/config/state-paths.ts'
import { withSecrets } from '../../host/config/with-secrets.ts'
import { takeSecrets } from '../../host/secrets-handover.ts'
import { loopback } from '../../shared/endpoints.ts'
import { exitCode } from '../../shared/exit-codes.ts'
import type { Problem } from '../../shared/problem.ts'
import { version } from '../../shared/version.ts'
import { openGatewayLog } from '../log/open-gateway-log.ts'
import { createRedactor } from '../log/redact.ts'
import { type ClientServer, serveClients } from './client-server.ts'
import { closeInOrder } from './close-in-order.ts'
import { findCutOffRestore } from './cut-off-restore.ts'
import { createHttpServer } from './http-server.ts'
import { listen } from './listen.ts'
import { createMethods } from './methods.ts'
import { readOwnSecrets } from './own-secrets.ts'
import { createPresence } from './presence.ts'
import { createTokenCheck } from './token-check.ts'
import { untilSignal } from './until-signal.ts'
import { createVitals } from './vitals.ts'

export interface GatewayRequest {
  /** As typed; it is checked here. */
  readonly port?: string | undefined
  readonly isVerbose: boolean
  readonly tell: {
    readonly problem: (found: Problem) => Promise<void>
    readonly usage: (detail: string) => Promise<void>
  }
}

/** Runs the gateway until it is told to end. Resolves to the exit code of the process. */
export async function runGateway({ port: flag, isVerbose, tell }: GatewayRequest): Promise<number> {
  const { env } = process
  if (flag !== undefined && parsePort(flag) === null) {
    await tell.usage('--port must be a whole number from 1 to 65535')
    return exitCode.wrongUsage
  }
  const signal = untilSignal()
  const paths = resolveStatePaths(env, homedir())
  const handedOver = takeSecrets(env)
  // A host has seen to it before it starts a gateway.
  const cutOff = handedOver ? null : findCutOffRestore(paths.stateDir)
  if (cutOff) {
    await tell.problem(cutOff)
    return exitCode.badConfig
  }
  const own = handedOver ? null : await readOwnSecrets(paths, env)
  if (own && !own.ok) {
    await tell.problem(own)
    return exitCode.failed
  }
  const handed = handedOver ?? own?.values ?? {}
  const loaded = await loadConfig(paths, withSecrets(env, handed))
  if (!loaded.ok) {
    for (const found of [loaded, ...loaded.others]) await tell.problem(found)
    return exitCode.badConfig
  }
  const unsupported = await checkSupported(loaded)
  if (unsupported) {
    await tell.problem(unsupported)
    return exitCode.badConfig
  }
  if (!loaded.token) {
    await tell.problem({ code: 'TOKEN_MISSING', params: { path: paths.envFilePath, name: tokenName } })
    return exitCode.badConfig
  }
  const { gateway, logging } = loaded.config
  const choice = resolveGatewayPort({ flag, env, configured: gateway?.port })
  if (!choice.ok) {
    await tell.usage(choice.detail)
    return exitCode.wrongUsage
  }

  const vitals = createVitals(version)
  const server = createHttpServer(vitals, choice.port)
  const listening = await listen(server, choice.port, async () => {
    const { openProcessTable } = await import('../../host/processes/open-process-table.ts')
    return openProcessTable()
  })
  if (!listening.ok) {
    await tell.problem(listening)
    return exitCode.failed
  }

  const { stateDir, configPath } = paths
  const secrets = [
    loaded.token.value,
    gateway?.auth?.password,
    gateway?.remote?.token,
    gateway?.remote?.password,
    ...Object.values(handed),
  ].filter((secret) => secret !== undefined)
  const { stdout, stderr } = process
  // Whoever read our output may be gone before us; the log file is still written.
  for (const output of [stdout, stderr]) output.on('error', () => {})
  const log = openGatewayLog({
    logging,
    isVerbose,
    env,
    home: homedir(),
    stateDir,
    secrets,
    stdout,
    stderr,
  })
  const { logger } = log
  process.on('uncaughtException', (error) => {
    logger.fatal('The gateway met a fault of its own and ends', { error: error.stack ?? String(error) })
    process.exit(exitCode.failed)
  })
  const presence = createPresence({
    now: Date.now,
    redact: createRedactor({ secrets, patterns: [], usesPatterns: false }).text,
    changed: () => clients.presenceChanged(),
  })
  const { port } = choice
  const logPath = () => log.path()
  const clients: ClientServer = serveClients(server, port, {
    vitals,
    presence,
    methods: createMethods({ vitals, presence, port, configPath, stateDir, logPath }),
    isToken: createTokenCheck(loaded.token.value),
    logger: logger.named('clients'),
    configPath,
    stateDir,
  })
  stdout.write(`Gateway ready: http://${loopback}:${choice.port} (pid ${process.pid})\n`)
  for (const { path, key, line, column, detail } of loaded.warnings) {
    logger.warn(`${key} ${detail}`, { path, line, column })
  }
  logger.info('The gateway is ready', { port: choice.port, pid: process.pid, version, log: log.path() })
  // Only now: nobody who waits for the gateway waits for its lock.
  const stateLock = import('./state-lock.ts').then(({ holdStateLock }) =>
    holdStateLock(configPath, logger.named('state-lock')),
  )

  const reason = await signal
  logger.info('The gateway closes', { signal: reason })
  await closeInOrder({ vitals, server, clients, reason })
  // The last of it: until here it may still write to its state.
  await (await stateLock).release()
  logger.info('The gateway has closed')
  log.close()
  return exitCode.done
}
