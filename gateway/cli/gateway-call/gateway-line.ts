import type { HostConnection } from '../../../host/transports/control-client.ts'
import { loopback } from '../../../shared/endpoints.ts'
import type { Problem } from '../../../shared/problem.ts'
import { askThere, type GatewayAnswer, type GatewayOrder } from '../ask-gateway.ts'
import { reachHost } from '../reach-host.ts'
import { type FoundAccess, findOwnAccess, type OwnAccess } from './own-access.ts'

/** The gateway, as a command asks it: through the host, which holds the token, or by itself where none runs. */
export interface GatewayLine {
  readonly kind: 'line'
  readonly host: HostConnection | null
  call(order: GatewayOrder): Promise<GatewayAnswer>
  close(): void
}

export type OpenedLine = GatewayLine | Exclude<FoundAccess, { kind: 'access' }>

/** The caller closes it. With a port of its own, no host is asked: it looks after one gateway only. */
export async function openLine(portFlag: string | undefined): Promise<OpenedLine> {
  const reached = portFlag === undefined ? await reachHost() : null
  if (reached?.ok) return throughHost(reached.host)
  const access = await findOwnAccess(portFlag)
  return access.kind === 'access' ? ownLine(access) : access
}

export function ownLine(access: OwnAccess): GatewayLine {
  return {
    kind: 'line',
    host: null,
    async call(order) {
      const answer = await askThere(order, access)
      // A gateway that runs may have read a better configuration than the one that is there now.
      return answer.ok || access.flaw === null ? answer : { ok: false, ...access.flaw }
    },
    close() {},
  }
}

export function throughHost(host: HostConnection): GatewayLine {
  return {
    kind: 'line',
    host,
    async call({ method, params, scopes, timeoutMs }) {
      const order = { method, params, scopes: [...scopes], timeoutMs }
      const answer = await Promise.race([host.call('gateway.call', order), tooLate(timeoutMs)])
      return answer.ok ? { ok: true, payload: answer.value.payload, hello: null } : answer
    },
    close: () => host.close(),
  }
}

/** The host keeps to the limit itself, unless it hangs. */
async function tooLate(timeoutMs: number): Promise<{ ok: false } & Problem<'GATEWAY_UNREACHABLE'>> {
  await new Promise((resolve) => setTimeout(resolve, timeoutMs + 1_000).unref())
  const params = { url: `ws://${loopback}`, detail: `no answer within ${timeoutMs} ms` }
  return { ok: false, code: 'GATEWAY_UNREACHABLE', params }
}
