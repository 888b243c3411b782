import { loopback } from '../../shared/endpoints.ts'
import type { GatewayHealth } from '../../shared/host-api.ts'
import type { Problem } from '../../shared/problem.ts'
import { reachHost } from './reach-host.ts'

export type AskedHealth =
  | { readonly kind: 'health'; readonly health: GatewayHealth }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'wrongUsage'; readonly detail: string }

export interface HealthQuestion {
  readonly portFlag: string | undefined
  readonly timeoutMs: number
}

/** Through the host, which holds the token; by ourselves only where no host looks after that port. */
export async function askHealth(question: HealthQuestion): Promise<AskedHealth> {
  if (question.portFlag !== undefined) return askByOurselves(question)
  const reached = await reachHost()
  if (!reached.ok) return askByOurselves(question)
  const { host } = reached
  try {
    const outcome = await Promise.race([host.call('gateway.health'), tooLate(question.timeoutMs)])
    return outcome.ok ? { kind: 'health', health: outcome.value } : { kind: 'problem', problem: outcome }
  } finally {
    host.close()
  }
}

/** Loaded only then: with a host, a quick answer needs neither the configuration nor a WebSocket. */
async function askByOurselves(question: HealthQuestion): Promise<AskedHealth> {
  const { askGateway } = await import('./ask-gateway.ts')
  return askGateway(question)
}

async function tooLate(timeoutMs: number): Promise<{ ok: false } & Problem<'GATEWAY_UNREACHABLE'>> {
  await new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())
  const detail = `no answer within ${timeoutMs} ms`
  return { ok: false, code: 'GATEWAY_UNREACHABLE', params: { url: `ws://${loopback}`, detail } }
}
