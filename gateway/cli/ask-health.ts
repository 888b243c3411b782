import { loopback } from '../../shared/endpoints.ts'
import type { GatewayHealth } from '../../shared/host-api.ts'
import type { Problem } from '../../shared/problem.ts'
import { reachHost } from './reach-host.ts'

export type AskedHealth =
  /** `isMasked`: the host, which told it, took every secret out. */
  | { readonly kind: 'health'; readonly health: GatewayHealth; readonly isMasked: boolean }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'wrongUsage'; readonly detail: string }

export interface HealthQuestion {
  readonly portFlag: string | undefined
  readonly timeoutMs: number
  /** The gateway looks at its channels anew. */
  readonly isProbe: boolean
}

/** Through the host, which holds the token; by ourselves only where no host looks after that port. */
export async function askHealth(question: HealthQuestion): Promise<AskedHealth> {
  if (question.portFlag !== undefined || question.isProbe) return askInFull(question)
  const reached = await reachHost()
  if (!reached.ok) return askInFull(question)
  const { host } = reached
  try {
    const outcome = await Promise.race([host.call('gateway.health'), tooLate(question.timeoutMs)])
    return outcome.ok
      ? { kind: 'health', health: outcome.value, isMasked: true }
      : { kind: 'problem', problem: outcome }
  } finally {
    host.close()
  }
}

/** Loaded only then: with a host, a quick answer needs neither the configuration nor a WebSocket. */
async function askInFull({ portFlag, timeoutMs, isProbe }: HealthQuestion): Promise<AskedHealth> {
  const { openLine } = await import('./gateway-call/gateway-line.ts')
  const { healthPayloadSchema } = await import('../../shared/protocol/frames.ts')
  const line = await openLine(portFlag)
  if (line.kind !== 'line') return line
  try {
    const params = isProbe ? { probe: true } : {}
    const answer = await line.call({ method: 'health', params, scopes: ['operator.read'], timeoutMs })
    if (!answer.ok) return { kind: 'problem', problem: answer }
    const health = healthPayloadSchema.safeParse(answer.payload)
    if (health.success) return { kind: 'health', health: health.data, isMasked: line.host !== null }
    const shape = { url: `ws://${loopback}`, detail: 'the health answer has another form' }
    return { kind: 'problem', problem: { code: 'GATEWAY_PROTOCOL', params: shape } }
  } finally {
    line.close()
  }
}

async function tooLate(timeoutMs: number): Promise<{ ok: false } & Problem<'GATEWAY_UNREACHABLE'>> {
  await new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())
  const detail = `no answer within ${timeoutMs} ms`
  return { ok: false, code: 'GATEWAY_UNREACHABLE', params: { url: `ws://${loopback}`, detail } }
}
