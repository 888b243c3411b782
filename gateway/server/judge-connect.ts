import { type ConnectParams, connectParamsSchema } from '../../shared/protocol/connect.ts'
import type { RefusalReason } from '../../shared/protocol/frames.ts'
import { protocolVersion } from '../../shared/protocol/limits.ts'
import { findDeviceFlaw } from './verify-device.ts'

export type ConnectVerdict =
  | { readonly ok: true; readonly params: ConnectParams }
  | { readonly ok: false; readonly reason: RefusalReason; readonly message: string }

export interface ConnectContext {
  /** What this connection was challenged with. */
  readonly nonce: string
  readonly now: number
  readonly isToken: (presented: string) => boolean
}

/** Every proof that is offered must hold: a right token does not excuse a wrong device. */
export function judgeConnect(raw: unknown, { nonce, now, isToken }: ConnectContext): ConnectVerdict {
  const parsed = connectParamsSchema.safeParse(raw)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.map(String).join('.') || 'params'
    return { ok: false, reason: 'invalid_params', message: `The connect request is not valid at ${where}` }
  }
  const params = parsed.data
  if (params.minProtocol > protocolVersion || params.maxProtocol < protocolVersion) {
    return refuse('protocol_mismatch', `This gateway speaks protocol ${protocolVersion} only`)
  }
  const token = params.auth?.token
  if (!token) return refuse('token_missing', 'The gateway token is required in auth.token')
  if (!isToken(token)) return refuse('token_mismatch', 'The gateway token is wrong')
  if (params.device) {
    const flaw = findDeviceFlaw(params, params.device, nonce, now)
    if (flaw) return refuse('device_invalid', `The device is not proven: ${flaw}`)
  }
  if (params.role === 'node') return refuse('role_unsupported', 'Only the role operator is supported')
  return { ok: true, params }
}

function refuse(reason: RefusalReason, message: string): ConnectVerdict {
  return { ok: false, reason, message }
}
