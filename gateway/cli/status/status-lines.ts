import { numberOf } from '../../../shared/loose-value.ts'
import { sessionFacts, sessionForm, sessionRow } from '../sessions/session-rows.ts'
import { type OutputLook, tableLines } from '../table.ts'
import { labelledLines } from './labelled-lines.ts'
import type { StatusFacts } from './status-facts.ts'
import { type PartsWanted, statusParts } from './status-parts.ts'

const shownSessions = 10

/** One screen: the gateway, what is around it, and the sessions that were used last. */
export function statusLines(facts: StatusFacts, wanted: PartsWanted, look: OutputLook): string[] {
  const { sessions, at } = facts
  const recent = sessionFacts(sessions.recent, sessions.defaults, at).slice(0, shownSessions)
  const count = numberOf(sessions.count) ?? recent.length
  const last = { label: 'Sessions', said: [count === 0 ? 'none yet' : sessionsText(count, recent.length)] }
  const lines = labelledLines([...statusParts(facts, wanted), last], look)
  if (recent.length === 0) return lines
  return [...lines, ...tableLines(recent.map(sessionRow), look, { ...sessionForm, indent: '  ' })]
}

function sessionsText(count: number, shown: number): string {
  return count === shown ? String(count) : `${count}, the last ${shown}; all: moltbot sessions list`
}
