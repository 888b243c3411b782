import * as z from 'zod/mini'
import { typingMode } from './agent-defaults.ts'
import { byName, choice, positive, section, text, texts, whole } from './parts.ts'

const reset = z.strictObject({
  mode: choice(['daily', 'idle']),
  atHour: whole(0, 23),
  idleMinutes: positive,
})
const permission = z.enum(['allow', 'deny'])
const chatType = choice(['direct', 'group', 'channel'])

export const sessionSchema = z.strictObject({
  scope: choice(['per-sender', 'global']),
  dmScope: choice(['main', 'per-peer', 'per-channel-peer', 'per-account-channel-peer']),
  identityLinks: byName(z.array(z.string())),
  resetTriggers: texts,
  idleMinutes: positive,
  reset: z.optional(reset),
  resetByType: section({ dm: z.optional(reset), group: z.optional(reset), thread: z.optional(reset) }),
  resetByChannel: byName(reset),
  store: text,
  typingIntervalSeconds: positive,
  typingMode,
  mainKey: text,
  sendPolicy: section({
    default: z.optional(permission),
    rules: z.optional(
      z.array(
        z.strictObject({ action: permission, match: section({ channel: text, chatType, keyPrefix: text }) }),
      ),
    ),
  }),
  agentToAgent: section({ maxPingPongTurns: whole(0, 5) }),
})
