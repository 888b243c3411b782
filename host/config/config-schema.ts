import * as z from 'zod/mini'
import { agentsSchema } from './schema/agents.ts'
import { channelsSchema } from './schema/channels.ts'
import { gatewaySchema } from './schema/gateway.ts'
import { loggingSchema } from './schema/logging.ts'
import { messagesSchema } from './schema/messages.ts'
import { foreignSections } from './schema/sections.ts'
import { sessionSchema } from './schema/session.ts'
import { commandsSchema, metaSchema, updateSchema, webSchema } from './schema/small-sections.ts'

export type { LoggingConfig, LogLevel } from './schema/logging.ts'

/** All sections at once, for who asks what may stand in the files; reading them loads only what they hold. */
export const configSchema = z.strictObject({
  $schema: z.optional(z.string()),
  meta: z.optional(metaSchema),
  gateway: z.optional(gatewaySchema),
  logging: z.optional(loggingSchema),
  messages: z.optional(messagesSchema),
  agents: z.optional(agentsSchema),
  channels: z.optional(channelsSchema),
  session: z.optional(sessionSchema),
  commands: z.optional(commandsSchema),
  update: z.optional(updateSchema),
  web: z.optional(webSchema),
  ...foreignSections,
})

export type MoltbotConfig = z.infer<typeof configSchema>
