import {
  healthParamsSchema,
  type LogsTailParams,
  logsTailParamsSchema,
  noParamsSchema,
} from '../../shared/protocol/methods.ts'
import type { StateHealth } from '../health/state-health.ts'
import { health } from './health.ts'
import { defineMethod, found, later, type MethodOutcome, type Methods } from './method.ts'
import type { MethodServices } from './method-services.ts'

/** Every method of the protocol that this gateway has; `hello-ok` lists exactly these. */
export function createMethods(services: MethodServices): Methods {
  const { vitals, presence, stateHealth, logPath } = services
  const sessions = async () => (await import('./methods/sessions.ts')).sessionMethods(services)
  const config = async () => (await import('./methods/config.ts')).configMethods(services)
  const facts = async () => (await import('./methods/facts.ts')).factMethods(services)
  const chat = async () => (await import('./methods/chat.ts')).chatMethods(services)
  return new Map([
    [
      'health',
      defineMethod('operator.read', healthParamsSchema, (params) => {
        const seen = params?.probe ? stateHealth.look() : stateHealth.current()
        const answer = (state: StateHealth) => found(health(vitals, state))
        return seen instanceof Promise ? seen.then(answer) : answer(seen)
      }),
    ],
    ['status', later('operator.read', async () => (await facts()).status)],
    [
      'logs.tail',
      defineMethod('operator.read', logsTailParamsSchema, (params = {}) => tail(logPath(), params)),
    ],
    ['system-presence', defineMethod('operator.read', noParamsSchema, () => found(presence.list()))],
    ['channels.status', later('operator.read', async () => (await facts()).channelsStatus)],
    ['agents.list', later('operator.read', async () => (await facts()).agentsList)],
    ['models.list', later('operator.read', async () => (await facts()).modelsList)],
    ['agent.identity.get', later('operator.read', async () => (await facts()).agentIdentity)],
    ['cron.status', later('operator.read', async () => (await facts()).cronStatus)],
    ['cron.list', later('operator.read', async () => (await facts()).cronList)],
    ['last-heartbeat', later('operator.read', async () => (await facts()).lastHeartbeat)],
    ['update.run', later('operator.admin', async () => (await facts()).updateRun)],
    ['sessions.list', later('operator.read', async () => (await sessions()).list)],
    ['sessions.preview', later('operator.read', async () => (await sessions()).preview)],
    ['sessions.resolve', later('operator.read', async () => (await sessions()).resolve)],
    ['sessions.patch', later('operator.admin', async () => (await sessions()).patch)],
    ['sessions.reset', later('operator.admin', async () => (await sessions()).reset)],
    ['sessions.delete', later('operator.admin', async () => (await sessions()).delete)],
    ['sessions.compact', later('operator.admin', async () => (await sessions()).compact)],
    ['config.get', later('operator.read', async () => (await config()).get)],
    ['config.schema', later('operator.read', async () => (await config()).schema)],
    ['config.set', later('operator.admin', async () => (await config()).set)],
    ['config.patch', later('operator.admin', async () => (await config()).patch)],
    ['config.apply', later('operator.admin', async () => (await config()).apply)],
    ['chat.history', later('operator.read', async () => (await chat()).history)],
    ['chat.send', later('operator.write', async () => (await chat()).send)],
    ['chat.abort', later('operator.write', async () => (await chat()).abort)],
    ['chat.inject', later('operator.write', async () => (await chat()).inject)],
  ])
}

/** Loaded when first asked, as most gateways never are. */
async function tail(path: string | null, params: LogsTailParams): Promise<MethodOutcome> {
  if (path === null) return unreadable('no log is written')
  const { tailLog } = await import('./tail-log.ts')
  const outcome = await tailLog(path, params)
  return outcome.ok ? found(outcome.payload) : unreadable(`the log cannot be read: ${outcome.detail}`)
}

function unreadable(detail: string): MethodOutcome {
  const message = `The gateway has no log to show: ${detail}`
  return { ok: false, code: 'UNAVAILABLE', message, details: { reason: 'log_unreadable' } }
}
