import { type ConnectParams, connectParamsSchema } from '../../shared/protocol/connect.ts'
import type { RefusalReason } from '../../shared/protocol/frames.ts'
import { protocolVersion } from '../../shared/protocol/limits.ts'
import type { GateVerdict } from './gate.ts'
import { findDeviceFlaw } from './verify-device.ts'

export type ConnectVerdict =
  | { readonly ok: true; readonly params: ConnectParams }
  | {
      readonly ok: false
      readonly reason: RefusalReason
      readonly message: string
      readonly waitMs?: number
      /** What the client says of itself, where it could be read. */
      readonly client?: ConnectParams['client']
    }

export interface ConnectContext {
  /** What this connection was challenged with. */
  readonly nonce: string
  readonly now: number
  readonly judgeSecret: (auth: ConnectParams['auth']) => GateVerdict
}

/** Every proof that is offered must hold: a right token does not excuse a wrong device. */
export function judgeConnect(raw: unknown, context: ConnectContext): ConnectVerdict {
  const parsed = connectParamsSchema.safeParse(raw)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.map(String).join('.') || 'params'
    return { ok: false, reason: 'invalid_params', message: `The connect request is not valid at ${where}` }
  }
  const params = parsed.data
  const flaw = findFlaw(params, context)
  return flaw === null ? { ok: true, params } : { ...flaw, client: params.client }
}

function findFlaw(params: ConnectParams, { nonce, now, judgeSecret }: ConnectContext): Refused | null {
  if (params.minProtocol > protocolVersion || params.maxProtocol < protocolVersion) {
    return refuse('protocol_mismatch', `This gateway speaks protocol ${protocolVersion} only`)
  }
  const secret = judgeSecret(params.auth)
  if (!secret.ok) return secret
  if (params.device) {
    const flaw = findDeviceFlaw(params, params.device, nonce, now)
    if (flaw) return refuse('device_invalid', `The device is not proven: ${flaw}`)
  }
  const { role = 'operator' } = params
  if (role !== 'operator') return refuse('role_unsupported', 'Only the role operator is supported')
  return null
}

type Refused = Extract<ConnectVerdict, { ok: false }>

function refuse(reason: RefusalReason, message: string): Refused {
  return { ok: false, reason, message }
}
