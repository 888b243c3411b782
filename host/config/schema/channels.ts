import * as z from 'zod/mini'
import { blockCoalesce } from './agent-defaults.ts'
import { heartbeatVisibility } from './heartbeat.ts'
import { byName, choice, count, flag, positive, section, text, texts } from './parts.ts'
import { toolPolicy } from './tool-policy.ts'

const groupPolicy = choice(['open', 'disabled', 'allowlist'])

/** What the channel and each of its accounts may say. */
const whatsappAccount = {
  capabilities: texts,
  markdown: section({ tables: choice(['off', 'bullets', 'code']) }),
  configWrites: flag,
  sendReadReceipts: flag,
  messagePrefix: text,
  dmPolicy: choice(['pairing', 'allowlist', 'open', 'disabled']),
  selfChatMode: flag,
  allowFrom: texts,
  groupAllowFrom: texts,
  groupPolicy,
  historyLimit: count,
  dmHistoryLimit: count,
  dms: byName(section({ historyLimit: count })),
  textChunkLimit: positive,
  chunkMode: choice(['length', 'newline']),
  mediaMaxMb: positive,
  blockStreaming: flag,
  blockStreamingCoalesce: blockCoalesce,
  groups: byName(section({ requireMention: flag, tools: toolPolicy })),
  ackReaction: section({ emoji: text, direct: flag, group: choice(['always', 'mentions', 'never']) }),
  debounceMs: count,
  heartbeat: heartbeatVisibility,
}

interface Admission {
  readonly dmPolicy?: string | undefined
  readonly allowFrom?: readonly string[] | undefined
}

/** Who writes `open` means everybody, and has to say so twice. */
const saysOpenTwice = z.refine<Admission>(
  ({ dmPolicy, allowFrom }) => dmPolicy !== 'open' || (allowFrom ?? []).some((one) => one.trim() === '*'),
  { error: 'must include "*" where dmPolicy is open', path: ['allowFrom'] },
)

const account = z.strictObject({ ...whatsappAccount, name: text, enabled: flag, authDir: text })

const whatsapp = z.strictObject({
  ...whatsappAccount,
  accounts: byName(z.optional(account.check(saysOpenTwice))),
  actions: section({ reactions: flag, sendMessage: flag, polls: flag }),
})

/** Every other channel brings a schema of its own; its section passes as written. */
export const channelsSchema = z.looseObject({
  defaults: section({ groupPolicy, heartbeat: heartbeatVisibility }),
  whatsapp: z.optional(whatsapp.check(saysOpenTwice)),
})
