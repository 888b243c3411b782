import type { Problem } from '../../shared/problem.ts'
import type { Scope } from '../../shared/protocol/scopes.ts'
import { findOwnAccess, noSecret, type OwnAccess, whyNotTrusted } from './gateway-call/own-access.ts'

export interface GatewayOrder {
  readonly method: string
  readonly params: unknown
  /** No more than the method needs. */
  readonly scopes: readonly Scope[]
  /** For the whole exchange. */
  readonly timeoutMs: number
}

export type GatewayAnswer =
  /** `hello`: what the gateway said of itself; null where the host asked it for us. */
  | { readonly ok: true; readonly payload: unknown; readonly hello: unknown }
  | ({ readonly ok: false } & Problem)

export type AskedGateway =
  | { readonly kind: 'answer'; readonly payload: unknown; readonly hello: unknown }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'wrongUsage'; readonly detail: string }

/** Reads the configuration and asks the gateway on its port, with no host in between. */
export async function askGateway(order: GatewayOrder, portFlag: string | undefined): Promise<AskedGateway> {
  const access = await findOwnAccess(portFlag)
  if (access.kind !== 'access') return access
  const answer = await askThere(order, access)
  if (answer.ok) return { kind: 'answer', payload: answer.payload, hello: answer.hello }
  return { kind: 'problem', problem: access.flaw ?? answer }
}

/** Hands the secret to a process of this user only. */
export async function askThere(order: GatewayOrder, access: OwnAccess): Promise<GatewayAnswer> {
  const { port, secret } = access
  if (secret === null) return { ok: false, ...noSecret(access) }
  const foreign = await whyNotTrusted(port)
  if (foreign) return { ok: false, ...foreign }
  const { callGateway } = await import('../../host/gateway-client/call-gateway.ts')
  return callGateway({ ...order, port, token: secret })
}
