import type { ConnectParams } from '../../shared/protocol/connect.ts'
import type { RefusalReason } from '../../shared/protocol/frames.ts'
import type { GuessLimit } from './guess-limit.ts'
import { createTokenCheck } from './token-check.ts'

export type SecretMode = 'token' | 'password'

export type GateVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: RefusalReason; readonly message: string; readonly waitMs?: number }

export interface Gate {
  /** `auth` of a `connect`. */
  judge(auth: ConnectParams['auth'], from: string): GateVerdict
  /** The secret as HTTP presents it. */
  isSecret(presented: string, from: string): boolean
}

const names = {
  token: { what: 'The gateway token', key: 'auth.token', variable: 'CLAWDBOT_GATEWAY_TOKEN' },
  password: { what: 'The gateway password', key: 'auth.password', variable: 'CLAWDBOT_GATEWAY_PASSWORD' },
} as const

/**
 * Lets in who presents the one secret in force. The secret is compared before anything is counted, so that
 * however many were wrong, the owner is never kept waiting. A client may put it in either field: programs
 * that only know "the secret" need not know its kind.
 */
export function createGate(mode: SecretMode, secret: string, limit: GuessLimit): Gate {
  const isRight = createTokenCheck(secret)
  const { what, key, variable } = names[mode]

  return {
    judge({ token, password } = {}, from) {
      const presented = [token, password].flatMap((text) => text || [])
      if (presented.length === 0) {
        return { ok: false, reason: `${mode}_missing`, message: `${what} is required in ${key}` }
      }
      // Both are looked at, whichever is right: the time taken tells nothing.
      if (presented.map(isRight).includes(true)) return { ok: true }
      const waitMs = limit.wrong(from)
      if (waitMs === 0) {
        const message = `${what} is wrong: compare it with the gateway's own (${variable})`
        return { ok: false, reason: `${mode}_mismatch`, message }
      }
      const message = `${what} is wrong, and too many wrong ones came from this address; the right one is let in at once`
      return { ok: false, reason: 'rate_limited', message, waitMs }
    },
    isSecret(presented, from) {
      if (isRight(presented)) return true
      limit.wrong(from)
      return false
    },
  }
}
