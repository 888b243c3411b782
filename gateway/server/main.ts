import { homedir } from 'node:os'
import { checkSupported } from '../../host/config/check-supported.ts'
import { parsePort } from '../../host/config/gateway-port.ts'
import { type LoadedConfig, loadConfig } from '../../host/config/load-config.ts'
import { resolveStatePaths, type StatePaths } from '../../host/config/state-paths.ts'
import { withSecrets } from '../../host/config/with-secrets.ts'
import { workingDir } from '../../host/config/working-dir.ts'
import { takeSecrets } from '../../host/secrets-handover.ts'
import { exitCode } from '../../shared/exit-codes.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { findCutOffRestore } from './cut-off-restore.ts'
import { readOwnSecrets } from './own-secrets.ts'
import type { RequestLogStyle } from './request-log.ts'
import { runServer } from './run-server.ts'
import { type GatewayFlags, serverSettings } from './settings.ts'
import { acquireStateLock, noStateLock, type StateLock } from './state-lock.ts'
import { untilSignal } from './until-signal.ts'

export interface GatewayRequest extends GatewayFlags {
  readonly isVerbose: boolean
  /** Ends a gateway of this user that has the port. */
  readonly isForced: boolean
  readonly wsLog: RequestLogStyle
  readonly tell: {
    readonly problem: (found: Problem) => Promise<void>
    readonly usage: (detail: string) => Promise<void>
  }
}

/** Runs the gateway until it is told to end. Resolves to the exit code of the process. */
export async function runGateway(request: GatewayRequest): Promise<number> {
  const { tell, isVerbose, isForced, wsLog, ...flags } = request
  if (flags.port !== undefined && parsePort(flags.port) === null) {
    await tell.usage('--port must be a whole number from 1 to 65535')
    return exitCode.wrongUsage
  }
  const signal = untilSignal()
  const paths = resolveStatePaths(process.env, homedir(), workingDir())
  const read = await readAll(paths)
  if (!read.ok) {
    for (const found of read.problems) await tell.problem(found)
    return read.code
  }
  const { loaded, handed } = read
  const env = withSecrets(process.env, handed)
  const settle = (next: LoadedConfig) => serverSettings({ loaded: next, flags, env, paths })
  const outcome = await settle(loaded)
  if (!outcome.ok && outcome.kind === 'usage') {
    await tell.usage(outcome.detail)
    return exitCode.wrongUsage
  }
  if (!outcome.ok) {
    await tell.problem(outcome.problem)
    return outcome.isConfig ? exitCode.badConfig : exitCode.failed
  }
  const { settings } = outcome
  const notFreed = isForced ? await (await import('./free-port.ts')).freePort(settings.port) : null
  const lock = notFreed ?? (await takeLock(paths.configPath))
  if ('code' in lock) {
    await tell.problem(lock)
    return exitCode.failed
  }
  const failed = await runServer({
    loaded,
    settings,
    handed,
    env,
    paths,
    lock,
    settle,
    signal,
    isVerbose,
    wsLog,
  })
  if (!failed) return exitCode.done
  await tell.problem(failed)
  return exitCode.failed
}

type ReadAll =
  | { readonly ok: true; readonly loaded: LoadedConfig; readonly handed: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly code: number; readonly problems: readonly Problem[] }

/** Secrets and configuration, or all that is wrong with them. */
async function readAll(paths: StatePaths): Promise<ReadAll> {
  const { env } = process
  const bad = (...problems: Problem[]): ReadAll => ({ ok: false, code: exitCode.badConfig, problems })
  const handedOver = takeSecrets(env)
  // A host has seen to it before it starts a gateway.
  const cutOff = handedOver ? null : findCutOffRestore(paths.stateDir)
  if (cutOff) return bad(cutOff)
  const own = handedOver ? null : await readOwnSecrets(paths, env)
  if (own && !own.ok) return { ok: false, code: exitCode.failed, problems: [own] }
  const handed = handedOver ?? own?.values ?? {}
  const loaded = await loadConfig(paths, withSecrets(env, handed))
  if (!loaded.ok) return bad(loaded, ...loaded.others)
  const unsupported = await checkSupported(loaded)
  return unsupported ? bad(unsupported) : { ok: true, loaded, handed }
}

/** Before anything listens, so that the second of two gateways on one state never answers for it. */
async function takeLock(configPath: string): Promise<StateLock | Problem> {
  if (process.env.CLAWDBOT_ALLOW_MULTI_GATEWAY === '1') return noStateLock(configPath)
  const outcome = await acquireStateLock(configPath)
  if (outcome.ok) return outcome.lock
  const { pid, program, startedAt } = outcome.holder
  const { listeningPorts } = await import('../../host/processes/listening-ports.ts')
  const port = (await listeningPorts(pid)).join(', ') || '–'
  return problem('GATEWAY_ALREADY_RUNNING', { pid, program, startedAt, port, path: outcome.path })
}
