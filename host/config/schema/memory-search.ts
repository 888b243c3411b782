import * as z from 'zod/mini'
import { choice, count, flag, positive, section, share, text, textByName } from './parts.ts'

/** What an agent may find again of its notes and sessions. */
export const memorySearch = section({
  enabled: flag,
  sources: z.optional(z.array(z.enum(['memory', 'sessions']))),
  experimental: section({ sessionMemory: flag }),
  provider: choice(['openai', 'local', 'gemini']),
  remote: section({
    baseUrl: text,
    apiKey: text,
    headers: textByName,
    batch: section({
      enabled: flag,
      wait: flag,
      concurrency: positive,
      pollIntervalMs: count,
      timeoutMinutes: positive,
    }),
  }),
  fallback: choice(['openai', 'gemini', 'local', 'none']),
  model: text,
  local: section({ modelPath: text, modelCacheDir: text }),
  store: section({
    driver: choice(['sqlite']),
    path: text,
    vector: section({ enabled: flag, extensionPath: text }),
  }),
  chunking: section({ tokens: positive, overlap: count }),
  sync: section({
    onSessionStart: flag,
    onSearch: flag,
    watch: flag,
    watchDebounceMs: count,
    intervalMinutes: count,
    sessions: section({ deltaBytes: count, deltaMessages: count }),
  }),
  query: section({
    maxResults: positive,
    minScore: share,
    hybrid: section({
      enabled: flag,
      vectorWeight: share,
      textWeight: share,
      candidateMultiplier: positive,
    }),
  }),
  cache: section({ enabled: flag, maxEntries: positive }),
})
