import * as z from 'zod/mini'
import { amount, choice, flag, positive, section, share, text, whole } from './parts.ts'

const native = z.optional(z.union([z.boolean(), z.literal('auto')]))

export const commandsSchema = z.strictObject({
  native,
  nativeSkills: native,
  text: flag,
  bash: flag,
  bashForegroundMs: whole(0, 30_000),
  config: flag,
  debug: flag,
  restart: flag,
  useAccessGroups: flag,
})

export const updateSchema = z.strictObject({
  channel: choice(['stable', 'beta', 'dev']),
  checkOnStart: flag,
})

/** The link of WhatsApp. */
export const webSchema = z.strictObject({
  enabled: flag,
  heartbeatSeconds: positive,
  reconnect: section({
    initialMs: amount,
    maxMs: amount,
    factor: amount,
    jitter: share,
    maxAttempts: z.optional(z.int().check(z.minimum(0))),
  }),
})

/** Which version wrote the file last, and when. */
export const metaSchema = z.strictObject({ lastTouchedVersion: text, lastTouchedAt: text })
