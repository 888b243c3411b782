import type * as z from 'zod/mini'
import type { ErrorCode, RequestFault } from '../../shared/protocol/frames.ts'
import { protocolVersion } from '../../shared/protocol/limits.ts'
import {
  healthParamsSchema,
  type LogsTailParams,
  logsTailParamsSchema,
  noParamsSchema,
} from '../../shared/protocol/methods.ts'
import { health } from './health.ts'
import type { Presence } from './presence.ts'
import type { Vitals } from './vitals.ts'

export interface Refusal {
  readonly ok: false
  readonly code: ErrorCode
  readonly message: string
  readonly details: { readonly reason: RequestFault; readonly path?: string }
}
export type MethodOutcome = { readonly ok: true; readonly payload: object } | Refusal
/** Takes the parameters as they came. */
export type Method = (params: unknown) => MethodOutcome | Promise<MethodOutcome>

export interface MethodServices {
  readonly vitals: Vitals
  readonly presence: Presence
  readonly port: number
  readonly configPath: string
  readonly stateDir: string
  /** Null where no log can be written. */
  readonly logPath: () => string | null
}

/** Every method of the protocol that this gateway has; `hello-ok` lists exactly these. */
export function createMethods(services: MethodServices): ReadonlyMap<string, Method> {
  const { vitals, presence } = services
  return new Map<string, Method>([
    ['health', checked(healthParamsSchema, () => found(health(vitals)))],
    ['status', checked(noParamsSchema, () => found(status(services)))],
    ['logs.tail', checked(logsTailParamsSchema, (params = {}) => tail(services.logPath(), params))],
    ['system-presence', checked(noParamsSchema, () => found(presence.list()))],
  ])
}

function found(payload: object): MethodOutcome {
  return { ok: true, payload }
}

function checked<Schema extends z.ZodMiniType>(
  schema: Schema,
  answer: (params: z.infer<Schema>) => MethodOutcome | Promise<MethodOutcome>,
): Method {
  return (raw) => {
    const parsed = schema.safeParse(raw)
    if (parsed.success) return answer(parsed.data)
    const path = parsed.error.issues[0]?.path.map(String).join('.') || 'params'
    const message = `The parameters are not valid at ${path}`
    return { ok: false, code: 'INVALID_REQUEST', message, details: { reason: 'invalid_params', path } }
  }
}

function status({ vitals, presence, port, configPath, stateDir, logPath }: MethodServices): object {
  return {
    ok: vitals.closingBecause() === null,
    ts: Date.now(),
    version: vitals.version,
    protocol: protocolVersion,
    pid: process.pid,
    port,
    uptimeMs: vitals.uptimeMs(),
    memory: { rssBytes: process.memoryUsage.rss() },
    clients: presence.list().filter(({ reason }) => reason === 'connect').length,
    configPath,
    stateDir,
    logPath: logPath(),
  }
}

async function tail(path: string | null, params: LogsTailParams): Promise<MethodOutcome> {
  if (path === null) return noLog('no log file can be written')
  // Asked for rarely: it is not part of the start.
  const { tailLog } = await import('./tail-log.ts')
  const outcome = await tailLog(path, params)
  return outcome.ok ? found(outcome.payload) : noLog(outcome.detail)
}

function noLog(detail: string): Refusal {
  const message = `The log cannot be read: ${detail}`
  return { ok: false, code: 'UNAVAILABLE', message, details: { reason: 'log_unreadable' } }
}
