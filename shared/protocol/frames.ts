import * as z from 'zod/mini'

export const errorCodes = ['INVALID_REQUEST', 'NOT_PAIRED', 'UNAVAILABLE'] as const
export type ErrorCode = (typeof errorCodes)[number]

/** Why a `connect` was refused, for a program to branch on; `message` is for people. */
export const refusalReasons = [
  'invalid_params',
  'protocol_mismatch',
  'token_missing',
  'token_mismatch',
  'password_missing',
  'password_mismatch',
  'rate_limited',
  'too_many_clients',
  'role_unsupported',
  'device_invalid',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** Why any other request was refused. */
export const requestFaults = [
  'invalid_params',
  'unknown_method',
  'already_connected',
  'duplicate_id',
  'missing_scope',
  'too_many_requests',
  'log_unreadable',
  'no_agent',
  'session_unknown',
  'session_refused',
  'state_locked',
  'state_unreadable',
  'state_unwritable',
  'config_changed',
  'config_invalid',
  'config_refused',
  'config_not_written',
  'internal',
] as const
export type RequestFault = (typeof requestFaults)[number]

export const requestFrameSchema = z.strictObject({
  type: z.literal('req'),
  id: z.string().check(z.minLength(1), z.maxLength(128)),
  method: z.string().check(z.minLength(1), z.maxLength(128)),
  params: z.optional(z.unknown()),
})

/** What a client reads: a newer server may say more, so nothing beyond this is demanded. */
export const serverFrameSchema = z.union([
  z.looseObject({ type: z.literal('event'), event: z.string(), payload: z.optional(z.unknown()) }),
  z.looseObject({
    type: z.literal('res'),
    id: z.string(),
    ok: z.literal(true),
    payload: z.optional(z.unknown()),
  }),
  z.looseObject({
    type: z.literal('res'),
    id: z.string(),
    ok: z.literal(false),
    error: z.looseObject({
      code: z.string(),
      message: z.string(),
      details: z.optional(z.unknown()),
    }),
  }),
])

export type RequestFrame = z.infer<typeof requestFrameSchema>
export type ServerFrame = z.infer<typeof serverFrameSchema>

export const healthPayloadSchema = z.looseObject({ ok: z.boolean(), ts: z.number(), durationMs: z.number() })

/** What a client reads of the answer to `connect`. */
export const helloSchema = z.looseObject({
  server: z.looseObject({ version: z.string().check(z.maxLength(64)) }),
})
