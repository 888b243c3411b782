import { loopback } from '../../shared/endpoints.ts'
import type { GatewayHealth } from '../../shared/host-api.ts'
import type { Problem } from '../../shared/problem.ts'
import { healthPayloadSchema } from '../../shared/protocol/frames.ts'
import { callGateway } from './call-gateway.ts'

export type HealthOutcome =
  /** `version` is null where the gateway does not name one. */
  | { readonly ok: true; readonly value: GatewayHealth; readonly version: string | null }
  | ({
      readonly ok: false
    } & Problem<'GATEWAY_UNREACHABLE' | 'GATEWAY_REFUSED_TOKEN' | 'GATEWAY_PROTOCOL'>)

export interface HealthRequest {
  readonly port: number
  readonly token: string
  /** For the whole exchange. */
  readonly timeoutMs: number
  /** The gateway looks at its channels anew, and does not answer with what it found last. */
  readonly isProbe?: boolean
}

/** Asks the gateway on 127.0.0.1:`port` for its health, under the conditions of {@link callGateway}. */
export async function requestHealth({ isProbe, ...request }: HealthRequest): Promise<HealthOutcome> {
  const params = isProbe ? { probe: true } : {}
  const outcome = await callGateway({ ...request, method: 'health', params, scopes: ['operator.read'] })
  const strange = (detail: string): HealthOutcome => {
    const url = `ws://${loopback}:${request.port}`
    return { ok: false, code: 'GATEWAY_PROTOCOL', params: { url, detail } }
  }
  if (!outcome.ok) return outcome.code === 'GATEWAY_REFUSED_CALL' ? strange(outcome.params.detail) : outcome
  const health = healthPayloadSchema.safeParse(outcome.payload)
  if (!health.success) return strange('the health answer has another form')
  return { ok: true, value: health.data, version: outcome.version }
}
