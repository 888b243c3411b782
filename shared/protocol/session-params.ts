import * as z from 'zod/mini'

const word = z.string().check(z.minLength(1), z.maxLength(512))
const label = z.string().check(z.minLength(1), z.maxLength(64))
const positive = z.int().check(z.minimum(1))
const flag = z.optional(z.boolean())
/** A value, or null for "as if it had never been set". */
const setting = z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(256))))

const listFields = {
  limit: z.optional(positive),
  /** Only sessions that were used in the last so many minutes. */
  activeMinutes: z.optional(positive),
  includeGlobal: flag,
  includeUnknown: flag,
  /** A title made of the first message. */
  includeDerivedTitles: flag,
  includeLastMessage: flag,
  label: z.optional(label),
  spawnedBy: z.optional(word),
  agentId: z.optional(word),
  search: z.optional(z.string().check(z.maxLength(256))),
}
export const sessionsListParamsSchema = z.optional(z.strictObject(listFields))
export type SessionsListParams = NonNullable<z.infer<typeof sessionsListParamsSchema>>

export const sessionsPreviewParamsSchema = z.strictObject({
  keys: z.array(word).check(z.minLength(1), z.maxLength(1_000)),
  limit: z.optional(positive),
  maxChars: z.optional(z.int().check(z.minimum(20))),
})
export type SessionsPreviewParams = z.infer<typeof sessionsPreviewParamsSchema>

export const sessionsResolveParamsSchema = z.strictObject({
  key: z.optional(word),
  sessionId: z.optional(word),
  label: z.optional(label),
  agentId: z.optional(word),
  spawnedBy: z.optional(word),
  includeGlobal: flag,
  includeUnknown: flag,
})
export type SessionsResolveParams = z.infer<typeof sessionsResolveParamsSchema>

export const sessionsPatchParamsSchema = z.strictObject({
  key: word,
  label: setting,
  thinkingLevel: setting,
  verboseLevel: setting,
  reasoningLevel: setting,
  responseUsage: setting,
  elevatedLevel: setting,
  execHost: setting,
  execSecurity: setting,
  execAsk: setting,
  execNode: setting,
  model: setting,
  spawnedBy: setting,
  sendPolicy: setting,
  groupActivation: setting,
})
export type SessionsPatchParams = z.infer<typeof sessionsPatchParamsSchema>

export const sessionsResetParamsSchema = z.strictObject({ key: word })

/** The transcript is kept under another name unless `deleteTranscript` is false: then under its own. */
export const sessionsDeleteParamsSchema = z.strictObject({ key: word, deleteTranscript: flag })

export const sessionsCompactParamsSchema = z.strictObject({ key: word, maxLines: z.optional(positive) })

export const chatHistoryParamsSchema = z.strictObject({
  sessionKey: word,
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(1_000))),
})
export type ChatHistoryParams = z.infer<typeof chatHistoryParamsSchema>

export const chatSendParamsSchema = z.strictObject({
  sessionKey: word,
  message: z.string().check(z.minLength(1)),
  thinking: z.optional(z.string()),
  deliver: flag,
  attachments: z.optional(z.array(z.unknown())),
  timeoutMs: z.optional(z.int().check(z.minimum(0))),
  idempotencyKey: word,
})

export const chatAbortParamsSchema = z.strictObject({ sessionKey: word, runId: z.optional(word) })

export const chatInjectParamsSchema = z.strictObject({
  sessionKey: word,
  message: z.string().check(z.minLength(1)),
  label: z.optional(z.string().check(z.maxLength(100))),
})
