import type { ZodMiniType } from 'zod/mini'
import { gatewaySchema } from './gateway.ts'
import { loggingSchema } from './logging.ts'
import { anything } from './parts.ts'

/**
 * The schema of each section, loaded where a file has that section: to build all of them takes longer than the
 * rest of a gateway's start.
 */
export const sectionSchemas: Readonly<Record<string, () => Promise<ZodMiniType> | ZodMiniType>> = {
  gateway: () => gatewaySchema,
  logging: () => loggingSchema,
  agents: async () => (await import('./agents.ts')).agentsSchema,
  channels: async () => (await import('./channels.ts')).channelsSchema,
  messages: async () => (await import('./messages.ts')).messagesSchema,
  session: async () => (await import('./session.ts')).sessionSchema,
  commands: async () => (await import('./small-sections.ts')).commandsSchema,
  meta: async () => (await import('./small-sections.ts')).metaSchema,
  update: async () => (await import('./small-sections.ts')).updateSchema,
  web: async () => (await import('./small-sections.ts')).webSchema,
}

/** Sections of Moltbot that this program does not read; they pass as written. */
export const foreignSections = {
  approvals: anything,
  audio: anything,
  auth: anything,
  bindings: anything,
  broadcast: anything,
  browser: anything,
  canvasHost: anything,
  cron: anything,
  diagnostics: anything,
  discovery: anything,
  env: anything,
  hooks: anything,
  media: anything,
  models: anything,
  nodeHost: anything,
  plugins: anything,
  skills: anything,
  talk: anything,
  tools: anything,
  ui: anything,
  wizard: anything,
}
