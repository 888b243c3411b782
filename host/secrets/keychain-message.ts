import { z } from 'zod'

/** One line each way between the host and the process that speaks to the keychain, as JSON. */
const account = { service: z.string(), account: z.string() }
export const keychainRequestSchema = z.discriminatedUnion('act', [
  z.object({ id: z.number(), act: z.literal('probe') }),
  z.object({ id: z.number(), act: z.literal('get'), ...account }),
  z.object({ id: z.number(), act: z.literal('set'), ...account, value: z.string() }),
  z.object({ id: z.number(), act: z.literal('delete'), ...account }),
])

/**
 * `value`: for `probe` one of {@link keychainStates}, for `get` a text or null, for `delete` whether there
 * was one, for `set` null. `detail` never has a value in it.
 */
export const keychainAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ id: z.number(), ok: z.literal(true), value: z.union([z.string(), z.boolean(), z.null()]) }),
  z.object({
    id: z.number(),
    ok: z.literal(false),
    state: z.enum(['absent', 'locked', 'denied', 'failed']),
    detail: z.string(),
  }),
])

export const probedStates = ['ready', 'absent', 'locked', 'failed'] as const
export type ProbedState = (typeof probedStates)[number]

export type KeychainRequest = z.infer<typeof keychainRequestSchema>
export type KeychainAnswer = z.infer<typeof keychainAnswerSchema>
/** A call without what the connection adds to it. */
export type KeychainCall = KeychainRequest extends infer R
  ? R extends unknown
    ? Omit<R, 'id'>
    : never
  : never
export type KeychainFailure = Omit<Extract<KeychainAnswer, { ok: false }>, 'id'>
