import * as z from 'zod/mini'
import { agentDefaults, humanDelay, modelChoice } from './agent-defaults.ts'
import { heartbeat } from './heartbeat.ts'
import { memorySearch } from './memory-search.ts'
import { groupChat } from './messages.ts'
import { flag, section, text, texts } from './parts.ts'
import { sandbox } from './sandbox.ts'
import { agentTools } from './tool-policy.ts'

const agent = z.strictObject({
  id: z.string(),
  default: flag,
  name: text,
  workspace: text,
  agentDir: text,
  model: modelChoice,
  memorySearch,
  humanDelay,
  heartbeat,
  identity: section({ name: text, theme: text, emoji: text, avatar: text }),
  groupChat,
  subagents: section({ allowAgents: texts, model: modelChoice }),
  sandbox,
  tools: agentTools,
})

export const agentsSchema = z.strictObject({ defaults: agentDefaults, list: z.optional(z.array(agent)) })
