import * as z from 'zod/mini'
import { cliBackend } from './cli-backend.ts'
import { heartbeat } from './heartbeat.ts'
import { memorySearch } from './memory-search.ts'
import { amount, byName, choice, count, flag, positive, section, share, text, texts } from './parts.ts'
import { sandbox } from './sandbox.ts'
import { toolPolicy } from './tool-policy.ts'

const modelList = z.strictObject({ primary: text, fallbacks: texts })
/** `anthropic/claude-…`, or one with others to fall back to. */
export const modelChoice = z.optional(z.union([z.string(), modelList]))
export const humanDelay = section({ mode: choice(['off', 'natural', 'custom']), minMs: count, maxMs: count })
export const typingMode = choice(['never', 'instant', 'thinking', 'message'])
export const blockCoalesce = section({ minChars: positive, maxChars: positive, idleMs: count })

const onOff = choice(['on', 'off'])

/** What holds for every agent that says nothing else. */
export const agentDefaults = section({
  model: z.optional(modelList),
  imageModel: z.optional(modelList),
  models: byName(z.strictObject({ alias: text, params: byName(z.unknown()) })),
  workspace: text,
  repoRoot: text,
  skipBootstrap: flag,
  bootstrapMaxChars: positive,
  userTimezone: text,
  timeFormat: choice(['auto', '12', '24']),
  envelopeTimezone: text,
  envelopeTimestamp: onOff,
  envelopeElapsed: onOff,
  contextTokens: positive,
  cliBackends: byName(cliBackend),
  memorySearch,
  contextPruning: section({
    mode: choice(['off', 'cache-ttl']),
    ttl: text,
    keepLastAssistants: count,
    softTrimRatio: share,
    hardClearRatio: share,
    minPrunableToolChars: count,
    tools: toolPolicy,
    softTrim: section({ maxChars: count, headChars: count, tailChars: count }),
    hardClear: section({ enabled: flag, placeholder: text }),
  }),
  compaction: section({
    mode: choice(['default', 'safeguard']),
    reserveTokensFloor: count,
    memoryFlush: section({ enabled: flag, softThresholdTokens: count, prompt: text, systemPrompt: text }),
  }),
  thinkingDefault: choice(['off', 'minimal', 'low', 'medium', 'high', 'xhigh']),
  verboseDefault: choice(['off', 'on', 'full']),
  elevatedDefault: choice(['off', 'on', 'ask', 'full']),
  blockStreamingDefault: onOff,
  blockStreamingBreak: choice(['text_end', 'message_end']),
  blockStreamingChunk: section({
    minChars: positive,
    maxChars: positive,
    breakPreference: choice(['paragraph', 'newline', 'sentence']),
  }),
  blockStreamingCoalesce: blockCoalesce,
  humanDelay,
  timeoutSeconds: positive,
  mediaMaxMb: amount,
  typingIntervalSeconds: positive,
  typingMode,
  heartbeat,
  maxConcurrent: positive,
  subagents: section({ maxConcurrent: positive, archiveAfterMinutes: positive, model: modelChoice }),
  sandbox,
})
