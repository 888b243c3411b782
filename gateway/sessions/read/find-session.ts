import type { Problem } from '../../../shared/problem.ts'
import { agentOfKey, askedKey, parseAgentKey } from '../session-key.ts'
import type { SessionState } from '../session-state.ts'
import { readStore } from '../store/read-store.ts'
import type { SessionEntry } from '../store/session-entry.ts'
import { placesOfAgent, type StorePlace } from '../store/store-places.ts'

export interface SessionTarget {
  /** The form of the key that every client understands. */
  readonly key: string
  /** How the key may be written in the file, the right way first. */
  readonly writtenAs: readonly string[]
  /** Where it may be listed; a new one is put into the first. */
  readonly places: readonly [StorePlace, ...StorePlace[]]
}

export function targetOf(state: SessionState, asked: string): SessionTarget {
  const key = askedKey(state.config, asked)
  const agentId = agentOfKey(state.config, key)
  const [own, ...others] = placesOfAgent(state, agentId)
  if (!own) throw new Error('An agent has a store')
  const rest = parseAgentKey(key)?.rest
  const writtenAs = [...new Set([key, asked.trim(), ...(rest === undefined ? [] : [rest])])]
  return { key, writtenAs, places: [own, ...others] }
}

export interface SessionFinding {
  readonly target: SessionTarget
  /** Null where no file lists it. */
  readonly found: {
    readonly place: StorePlace
    readonly written: string
    readonly entry: SessionEntry
  } | null
  /** A file that could not be read to the end; the session may be in it. */
  readonly problem: Problem | null
}

export async function findSession(state: SessionState, asked: string): Promise<SessionFinding> {
  const target = targetOf(state, asked)
  let trouble: Problem | null = null
  for (const place of target.places) {
    const { entries, problem } = await readStore(place)
    trouble ??= problem
    for (const written of target.writtenAs) {
      const entry = entries.get(written)
      if (entry) return { target, found: { place, written, entry }, problem: null }
    }
  }
  return { target, found: null, problem: trouble }
}
