import { namedVersion } from '../../../host/gateway-client/named-version.ts'
import { fieldsOf, isFields, type LooseFields } from '../../../shared/loose-value.ts'
import type { Problem } from '../../../shared/problem.ts'
import type { GatewayAnswer } from '../ask-gateway.ts'
import type { GatewayLine } from '../gateway-call/gateway-line.ts'

export interface Asking {
  readonly isDeep: boolean
  readonly isUsage: boolean
  /** For each question. */
  readonly timeoutMs: number
}

/** What the gateway says; empty or null where it does not. */
export interface Asked {
  readonly told: LooseFields
  readonly channels: LooseFields | null
  readonly agents: LooseFields | null
  readonly health: LooseFields | null
  readonly usage: LooseFields | null
  readonly version: string | null
  readonly latencyMs: number | null
  /** Why it does not answer; null where it does. */
  readonly problem: Problem | null
}

const nothing = {
  told: {},
  channels: null,
  agents: null,
  health: null,
  usage: null,
  version: null,
  latencyMs: null,
}

export function notAsked(problem: Problem): Asked {
  return { ...nothing, problem }
}

/** Everything of the gateway that `status` shows. Where the first question gets no answer, no other is put. */
export async function askAll(line: GatewayLine, { isDeep, isUsage, timeoutMs }: Asking): Promise<Asked> {
  const read = { scopes: ['operator.read'], timeoutMs } as const
  const startedAt = performance.now()
  const status = await line.call({ ...read, method: 'status', params: {} })
  if (!status.ok) return { ...nothing, problem: { code: status.code, params: status.params } as Problem }
  const latencyMs = Math.round(performance.now() - startedAt)
  const probe = { probe: isDeep, timeoutMs }
  const [channels, agents, health, usage] = await Promise.all([
    line.call({ ...read, method: 'channels.status', params: probe }),
    line.call({ ...read, method: 'agents.list', params: {} }),
    isDeep ? line.call({ ...read, method: 'health', params: { probe: true } }) : null,
    isUsage ? line.call({ ...read, method: 'usage.status', params: {} }) : null,
  ])
  return {
    told: fieldsOf(status.payload),
    channels: fieldsIn(channels),
    agents: fieldsIn(agents),
    health: fieldsIn(health),
    usage: fieldsIn(usage),
    version: namedVersion(status.hello),
    latencyMs,
    problem: null,
  }
}

function fieldsIn(answer: GatewayAnswer | null): LooseFields | null {
  return answer?.ok && isFields(answer.payload) ? answer.payload : null
}
