import * as z from 'zod/mini'
import { parseRedactPattern } from './redact-pattern.ts'

const optional = z.optional
const text = optional(z.string())
const flag = optional(z.boolean())
const endpoint = optional(z.strictObject({ enabled: flag }))

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof logLevels)[number]

const gatewaySchema = z.strictObject({
  mode: optional(z.enum(['local', 'remote'])),
  port: optional(z.int().check(z.minimum(1), z.maximum(65_535))),
  bind: optional(z.enum(['auto', 'lan', 'loopback', 'tailnet', 'custom'])),
  customBindHost: text,
  auth: optional(
    z.strictObject({
      mode: optional(z.enum(['token', 'password'])),
      token: text,
      password: text,
      allowTailscale: flag,
    }),
  ),
  tailscale: optional(
    z.strictObject({ mode: optional(z.enum(['off', 'serve', 'funnel'])), resetOnExit: flag }),
  ),
  remote: optional(
    z.strictObject({
      url: text,
      transport: optional(z.enum(['ssh', 'direct'])),
      token: text,
      password: text,
      tlsFingerprint: text,
      sshTarget: text,
      sshIdentity: text,
    }),
  ),
  controlUi: optional(
    z.strictObject({
      enabled: flag,
      basePath: text,
      allowInsecureAuth: flag,
      dangerouslyDisableDeviceAuth: flag,
    }),
  ),
  trustedProxies: optional(z.array(z.string())),
  tls: optional(
    z.strictObject({ enabled: flag, autoGenerate: flag, certPath: text, keyPath: text, caPath: text }),
  ),
  http: optional(
    z.strictObject({
      endpoints: optional(z.strictObject({ chatCompletions: endpoint, responses: endpoint })),
    }),
  ),
  reload: optional(
    z.strictObject({
      mode: optional(z.enum(['hybrid', 'hot', 'restart', 'off'])),
      debounceMs: optional(z.int().check(z.minimum(0))),
    }),
  ),
})

const loggingSchema = z.strictObject({
  level: optional(z.enum(logLevels)),
  file: optional(z.string().check(z.minLength(1))),
  consoleLevel: optional(z.enum(logLevels)),
  consoleStyle: optional(z.enum(['pretty', 'compact', 'json'])),
  redactSensitive: optional(z.enum(['off', 'tools'])),
  redactPatterns: optional(z.array(z.string().check(z.refine((text) => parseRedactPattern(text) !== null)))),
})

/** The sections this program reads; every other one passes through untouched. */
export const configSchema = z.looseObject({
  gateway: optional(gatewaySchema),
  logging: optional(loggingSchema),
})

export type MoltbotConfig = z.infer<typeof configSchema>
export type LoggingConfig = z.infer<typeof loggingSchema>
