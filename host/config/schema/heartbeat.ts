import * as z from 'zod/mini'
import { count, flag, section, text } from './parts.ts'

/** `30m`, `1h`, `90s`, `500ms`; a bare number counts minutes. */
const duration = z
  .string()
  .check(
    z.refine(
      (text) => text === '' || /^\d+(?:\.\d+)?(?:ms|s|m|h|d)?$/.test(text.trim().toLowerCase()),
      'must be a duration such as 30m or 1h',
    ),
  )

function clock(isEnd: boolean) {
  const pattern = isEnd ? /^$|^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/ : /^$|^(?:[01]\d|2[0-3]):[0-5]\d$/
  return z.optional(z.string().check(z.regex(pattern, 'must be a time of day such as 08:30')))
}

export const heartbeat = section({
  every: z.optional(duration),
  activeHours: section({ start: clock(false), end: clock(true), timezone: text }),
  model: text,
  session: text,
  includeReasoning: flag,
  target: text,
  to: text,
  prompt: text,
  ackMaxChars: count,
})

/** What a channel shows of heartbeats. */
export const heartbeatVisibility = section({ showOk: flag, showAlerts: flag, useIndicator: flag })
