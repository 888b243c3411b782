import type { CallArgs } from '../../shared/host-api.ts'
import { ProblemError } from '../../shared/problem.ts'
import { type KnownGateway, proveGateway } from './prove-gateway.ts'

/** Calls one method of the gateway, once it is proven that it is the one that is asked; gives its answer as it came. */
export async function callKnownGateway(
  gateway: KnownGateway,
  [order]: CallArgs<'gateway.call'>,
): Promise<{ payload: unknown }> {
  await proveGateway(gateway)
  const { callGateway } = await import('../gateway-client/call-gateway.ts')
  const outcome = await callGateway({ ...order, port: gateway.port, token: await gateway.readToken() })
  if (!outcome.ok) throw new ProblemError({ code: outcome.code, params: outcome.params } as typeof outcome)
  return { payload: outcome.payload }
}
