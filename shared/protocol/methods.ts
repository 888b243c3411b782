import * as z from 'zod/mini'

/** Parameters of each method; where nothing is needed, `params` may be left out. */
export const noParamsSchema = z.optional(z.strictObject({}))

/** `probe` asks for a look at each channel, of which there may be none. */
export const healthParamsSchema = z.optional(z.strictObject({ probe: z.optional(z.boolean()) }))

export const channelsStatusParamsSchema = z.optional(
  z.strictObject({ probe: z.optional(z.boolean()), timeoutMs: z.optional(z.int().check(z.minimum(0))) }),
)

export const agentIdentityParamsSchema = z.optional(
  z.strictObject({
    agentId: z.optional(z.string().check(z.minLength(1), z.maxLength(512))),
    sessionKey: z.optional(z.string().check(z.maxLength(512))),
  }),
)

export const cronListParamsSchema = z.optional(z.strictObject({ includeDisabled: z.optional(z.boolean()) }))

/** All of it is for a gateway that updates itself; it is read and has no effect. */
export const updateRunParamsSchema = z.optional(
  z.strictObject({
    sessionKey: z.optional(z.string()),
    note: z.optional(z.string()),
    restartDelayMs: z.optional(z.int().check(z.minimum(0))),
    timeoutMs: z.optional(z.int().check(z.minimum(1))),
  }),
)

export const logsTailParamsSchema = z.optional(
  z.strictObject({
    /** Where the last answer ended; without it, the end of the log is given. */
    cursor: z.optional(z.int().check(z.minimum(0))),
    /** The newest ones are given where there are more. */
    limit: z.optional(z.int().check(z.minimum(1), z.maximum(5_000))),
    maxBytes: z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
  }),
)
export type LogsTailParams = NonNullable<z.infer<typeof logsTailParamsSchema>>

export interface LogsTailPayload {
  readonly file: string
  /** For the next question. */
  readonly cursor: number
  /** Of the file, in bytes. */
  readonly size: number
  /** As they are in the file, oldest first. */
  readonly lines: readonly string[]
  /** Lines between the cursor and the first one given were left out. */
  readonly truncated: boolean
  /** The cursor was of no use: the file is shorter, or too far ahead. */
  readonly reset: boolean
}

export interface PresenceEntry {
  /** What the client calls itself, for a list. */
  readonly host: string
  readonly id: string
  readonly displayName?: string
  readonly instanceId?: string
  readonly deviceId?: string
  readonly version: string
  readonly platform: string
  readonly mode: string
  readonly roles: readonly string[]
  /** `disconnect`: it left a short time ago. */
  readonly reason: 'connect' | 'disconnect'
  readonly text: string
  /** ms since 1970: when it connected, and when it was known to be there last. */
  readonly since: number
  readonly ts: number
}
