import * as z from 'zod/mini'
import { byName, choice, count, flag, positive, section, share, text, texts, whole } from './parts.ts'

export const queueModes = [
  'steer',
  'followup',
  'collect',
  'steer-backlog',
  'steer+backlog',
  'queue',
  'interrupt',
] as const
const queueMode = choice(queueModes)
const debounceByChannel = byName(z.int().check(z.minimum(0)))
export const groupChat = section({ mentionPatterns: texts, historyLimit: positive })

const tts = section({
  auto: choice(['off', 'always', 'inbound', 'tagged']),
  enabled: flag,
  mode: choice(['final', 'all']),
  provider: choice(['elevenlabs', 'openai', 'edge']),
  summaryModel: text,
  modelOverrides: section({
    enabled: flag,
    allowText: flag,
    allowProvider: flag,
    allowVoice: flag,
    allowModelId: flag,
    allowVoiceSettings: flag,
    allowNormalization: flag,
    allowSeed: flag,
  }),
  elevenlabs: section({
    apiKey: text,
    baseUrl: text,
    voiceId: text,
    modelId: text,
    seed: whole(0, 4_294_967_295),
    applyTextNormalization: choice(['auto', 'on', 'off']),
    languageCode: text,
    voiceSettings: section({
      stability: share,
      similarityBoost: share,
      style: share,
      useSpeakerBoost: flag,
      speed: z.optional(z.number().check(z.minimum(0.5), z.maximum(2))),
    }),
  }),
  openai: section({ apiKey: text, model: text, voice: text }),
  edge: section({
    enabled: flag,
    voice: text,
    lang: text,
    outputFormat: text,
    pitch: text,
    rate: text,
    volume: text,
    saveSubtitles: flag,
    proxy: text,
    timeoutMs: whole(1_000, 120_000),
  }),
  prefsPath: text,
  maxTextLength: positive,
  timeoutMs: whole(1_000, 120_000),
})

export const messagesSchema = z.strictObject({
  messagePrefix: text,
  responsePrefix: text,
  groupChat,
  queue: section({
    mode: queueMode,
    byChannel: section({
      whatsapp: queueMode,
      telegram: queueMode,
      discord: queueMode,
      slack: queueMode,
      mattermost: queueMode,
      signal: queueMode,
      imessage: queueMode,
      msteams: queueMode,
      webchat: queueMode,
    }),
    debounceMs: count,
    debounceMsByChannel: debounceByChannel,
    cap: positive,
    drop: choice(['old', 'new', 'summarize']),
  }),
  inbound: section({ debounceMs: count, byChannel: debounceByChannel }),
  ackReaction: text,
  ackReactionScope: choice(['group-mentions', 'group-all', 'direct', 'all']),
  removeAckAfterReply: flag,
  tts,
})
