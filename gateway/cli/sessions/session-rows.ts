import { fieldsOf, type LooseFields, listOf, numberOf, textOf } from '../../../shared/loose-value.ts'
import { formatAgo, formatPercent } from '../../../shared/wording/format.ts'

/** A session as any gateway tells it: our own and released ones agree in these members. */
export interface SessionFacts {
  readonly key: string
  readonly kind: string
  /** ms; null where it is not known. */
  readonly ageMs: number | null
  readonly model: string | null
  readonly totalTokens: number
  readonly contextTokens: number | null
}

/** Of `sessions.list`, and of the recent ones in `status`. `now`: ms since 1970. */
export function sessionFacts(list: unknown, defaults: unknown, now: number): readonly SessionFacts[] {
  const usual = fieldsOf(defaults)
  return listOf(list).map((entry) => factsOf(fieldsOf(entry), usual, now))
}

function factsOf(session: LooseFields, usual: LooseFields, now: number): SessionFacts {
  const updatedAt = numberOf(session.updatedAt)
  return {
    key: textOf(session.key) ?? '?',
    kind: textOf(session.kind) ?? 'unknown',
    ageMs: updatedAt === undefined ? null : Math.max(0, now - updatedAt),
    model: textOf(session.model) ?? textOf(usual.model) ?? null,
    totalTokens: numberOf(session.totalTokens) ?? 0,
    contextTokens: numberOf(session.contextTokens) ?? numberOf(usual.contextTokens) ?? null,
  }
}

/** Keys begin alike, and end with whom they are with. */
export const sessionForm = {
  head: ['SESSION', 'KIND', 'USED', 'MODEL', 'TOKENS'],
  right: [4],
  middle: [0],
} as const

export function sessionRow(session: SessionFacts): string[] {
  const { key, kind, ageMs, model, totalTokens, contextTokens } = session
  const now = Date.now()
  const share = contextTokens ? ` (${formatPercent((totalTokens / contextTokens) * 100)})` : ''
  return [
    key,
    kind,
    ageMs === null ? '-' : formatAgo('en', now - ageMs, now),
    model ?? '-',
    totalTokens === 0 ? '-' : `${thousands(totalTokens)}${share}`,
  ]
}

/** `950`, `12k`, `1.2M`. */
function thousands(tokens: number): string {
  if (tokens < 1_000) return String(tokens)
  if (tokens < 999_500) return `${Math.round(tokens / 1_000)}k`
  return `${(tokens / 1_000_000).toFixed(1)}M`
}
