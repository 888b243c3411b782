import type { GatewayHealth } from '../../shared/host-api.ts'
import { ProblemError } from '../../shared/problem.ts'
import { type KnownGateway, proveGateway } from './prove-gateway.ts'

const healthLimitMs = 10_000

/** Asks the gateway itself over its protocol, once it is proven that it is the one that is asked. */
export async function askHealth(gateway: KnownGateway): Promise<GatewayHealth> {
  await proveGateway(gateway)
  const { requestHealth } = await import('../gateway-client/request-health.ts')
  const token = await gateway.readToken()
  const outcome = await requestHealth({ port: gateway.port, token, timeoutMs: healthLimitMs })
  if (!outcome.ok) throw new ProblemError({ code: outcome.code, params: outcome.params } as typeof outcome)
  return outcome.value
}
