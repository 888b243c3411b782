import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

export const languageChoices = ['system', 'en', 'zh-CN'] as const
export const themeChoices = ['system', 'light', 'dark'] as const

/** What the owner chose for host and surfaces; the gateway's own configuration is not part of it. */
export const settingsSchema = z.object({
  /** `system` is decided by each surface: the desktop's language, the browser's. */
  language: z.enum(languageChoices),
  theme: z.enum(themeChoices),
  /** The window, or the browser's page, opens when the host starts; otherwise it waits in the tray. */
  openAtStart: z.boolean(),
  /** Desktop notifications about the gateway. */
  notifications: z.boolean(),
})
export type Settings = z.infer<typeof settingsSchema>
export type LanguageChoice = Settings['language']
export type ThemeChoice = Settings['theme']

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  openAtStart: true,
  notifications: true,
}

/** Members that are to change; the others stay. */
export const settingsChangeSchema = z.strictObject({
  language: z.enum(languageChoices).optional(),
  theme: z.enum(themeChoices).optional(),
  openAtStart: z.boolean().optional(),
  notifications: z.boolean().optional(),
})
export type SettingsChange = z.infer<typeof settingsChangeSchema>

export const portSources = [
  'flag',
  'MOLTBOT_GATEWAY_PORT',
  'CLAWDBOT_GATEWAY_PORT',
  'config',
  'default',
] as const

/** The gateway's port as the next start will take it, and who says so. */
export const gatewayPortViewSchema = z.object({
  /** Null where flag, environment or configuration is not a port, or the configuration cannot be read. */
  next: z.number().int().nullable(),
  source: z.enum(portSources),
  /** What `gateway.port` of the configuration says; null where it says nothing or cannot be read. */
  configured: z.number().int().nullable(),
  /** Why the configuration cannot be read, hence not be changed from here. */
  problem: problemSchema.nullable(),
})
export type GatewayPortView = z.infer<typeof gatewayPortViewSchema>

export const settingsViewSchema = z.object({
  /** Rises with each change; compare within one `hostRun` only. */
  revision: z.number().int(),
  settings: settingsSchema,
  gatewayPort: gatewayPortViewSchema,
  /** What became of a settings file that could not be used or written; null where all is well. */
  problem: problemSchema.nullable(),
})
export type SettingsView = z.infer<typeof settingsViewSchema>
