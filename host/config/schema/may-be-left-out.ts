import type { SchemaIssue } from './explain-issues.ts'

/** Keys that hold somebody back: without one, more would be open than the owner asked for. */
const limiting = new Set(['sandbox', 'tools', 'subagents', 'sendPolicy', 'dmScope', 'scope', 'identityLinks'])
/** How deep a key lies at least, so that nothing that limits goes with it. */
const leastDepth: Readonly<Record<string, number>> = { messages: 2, session: 2, update: 2, web: 2, meta: 2 }

/**
 * Whether a gateway may go on without the value that an issue is about, where a newer Moltbot wrote one that this schema has not
 * got: not one by which the gateway listens or keeps its log, and none that limits who may do what.
 */
export function mayBeLeftOut({ key }: SchemaIssue): boolean {
  const [section, part] = key
  if (typeof section !== 'string' || key.some((step) => limiting.has(String(step)))) return false
  if (section === 'agents') return key.length >= (part === 'list' ? 4 : 3)
  return key.length >= (leastDepth[section] ?? Number.POSITIVE_INFINITY)
}
