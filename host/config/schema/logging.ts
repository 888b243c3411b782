import * as z from 'zod/mini'
import { parseRedactPattern } from '../redact-pattern.ts'
import { choice } from './parts.ts'

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof logLevels)[number]

const pattern = z
  .string()
  .check(z.refine((text) => parseRedactPattern(text) !== null, 'must be a regular expression'))

export const loggingSchema = z.strictObject({
  level: choice(logLevels),
  file: z.optional(z.string().check(z.minLength(1))),
  consoleLevel: choice(logLevels),
  consoleStyle: choice(['pretty', 'compact', 'json']),
  redactSensitive: choice(['off', 'tools']),
  redactPatterns: z.optional(z.array(pattern)),
})
export type LoggingConfig = z.infer<typeof loggingSchema>
