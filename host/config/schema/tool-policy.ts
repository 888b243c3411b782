import * as z from 'zod/mini'
import { byName, choice, count, flag, positive, section, text, texts } from './parts.ts'

export const toolPolicy = section({ allow: texts, deny: texts })

const profile = choice(['minimal', 'coding', 'messaging', 'full'])

export const agentTools = section({
  profile,
  allow: texts,
  deny: texts,
  byProvider: byName(z.strictObject({ allow: texts, deny: texts, profile })),
  elevated: section({
    enabled: flag,
    allowFrom: byName(z.array(z.union([z.string(), z.number()]))),
  }),
  exec: section({
    host: choice(['sandbox', 'gateway', 'node']),
    security: choice(['deny', 'allowlist', 'full']),
    ask: choice(['off', 'on-miss', 'always']),
    node: text,
    pathPrepend: texts,
    safeBins: texts,
    backgroundMs: positive,
    timeoutSec: positive,
    approvalRunningNoticeMs: count,
    cleanupMs: positive,
    notifyOnExit: flag,
    applyPatch: section({ enabled: flag, allowModels: texts }),
  }),
  sandbox: section({ tools: toolPolicy }),
})
