import type { Problem } from '../../../shared/problem.ts'
import { wholeKey } from '../session-key.ts'
import type { SessionState } from '../session-state.ts'
import { readStore } from '../store/read-store.ts'
import type { SessionEntry } from '../store/session-entry.ts'
import { type StorePlace, storePlaces } from '../store/store-places.ts'

export interface FoundSession {
  readonly key: string
  readonly entry: SessionEntry
  /** The file that lists it. */
  readonly place: StorePlace
}

export interface AllSessions {
  readonly sessions: readonly FoundSession[]
  /** Files of which a part or all could not be read. */
  readonly problems: readonly Problem[]
}

/** Of every agent. Where two files list the same key, the agent's own counts before that of older releases. */
export async function allSessions(state: SessionState): Promise<AllSessions> {
  const sessions = new Map<string, FoundSession>()
  const problems: Problem[] = []
  for (const place of await storePlaces(state)) {
    const { entries, problem } = await readStore(place)
    if (problem) problems.push(problem)
    for (const [written, entry] of entries) {
      const key = wholeKey(place.agentId, written)
      if (!sessions.has(key)) sessions.set(key, { key, entry, place })
    }
  }
  return { sessions: [...sessions.values()], problems }
}
