import { setImmediate as othersTurn } from 'node:timers/promises'
import type { Problem } from '../../../shared/problem.ts'
import type { SessionsListParams } from '../../../shared/protocol/session-params.ts'
import { agentIdOf } from '../../agents/agent-ids.ts'
import { defaultContextTokens, defaultModel } from '../../models/model-ref.ts'
import { isShared, parseAgentKey, wholeKey } from '../session-key.ts'
import type { SessionState } from '../session-state.ts'
import { describePlaces } from '../store/store-places.ts'
import { readFirstMessage, readLastMessage, titleOf } from '../transcript/transcript-glimpse.ts'
import { allSessions, type FoundSession } from './all-sessions.ts'
import { displayNameOf, type SessionRow, sessionRow } from './session-row.ts'

export interface SessionsListPayload {
  readonly ts: number
  readonly path: string
  /** Of the rows given. */
  readonly count: number
  /** How many there would be without a limit. */
  readonly total: number
  readonly defaults: {
    readonly modelProvider: string
    readonly model: string
    readonly contextTokens: number
  }
  /** The one that was used last comes first. */
  readonly sessions: readonly SessionRow[]
  /** Files whose sessions are missing here, or some of them. */
  readonly problems: readonly Problem[]
}

export interface ListLimits {
  /** The rows together are no longer than this as JSON. */
  readonly maxBytes: number
}

export async function listSessions(
  state: SessionState,
  params: SessionsListParams = {},
  { maxBytes }: ListLimits = { maxBytes: Number.POSITIVE_INFINITY },
): Promise<SessionsListPayload> {
  const ts = Date.now()
  const { sessions, problems } = await allSessions(state)
  const isWanted = filterOf(params, ts)
  const wanted = sessions.filter(isWanted).sort((a, b) => (b.entry.updatedAt ?? 0) - (a.entry.updatedAt ?? 0))
  const rows: SessionRow[] = []
  let bytes = 0
  for (const [index, found] of wanted.slice(0, params.limit).entries()) {
    if (index % rowsAtOnce === rowsAtOnce - 1) await othersTurn()
    const row = await glimpsedRow(found, params)
    bytes += Buffer.byteLength(JSON.stringify(row)) + 1
    if (bytes > maxBytes) break
    rows.push(row)
  }
  const { provider, model } = defaultModel(state.config)
  return {
    ts,
    path: describePlaces(state),
    count: rows.length,
    total: wanted.length,
    defaults: { modelProvider: provider, model, contextTokens: defaultContextTokens(state.config) },
    sessions: rows,
    problems,
  }
}

const rowsAtOnce = 200

type Filter = (found: FoundSession) => boolean

function filterOf(params: SessionsListParams, now: number): Filter {
  const { includeGlobal = false, includeUnknown = false, label, spawnedBy, activeMinutes } = params
  const agentId = params.agentId === undefined ? undefined : agentIdOf(params.agentId)
  const search = params.search?.trim().toLowerCase()
  const since = activeMinutes === undefined ? null : now - activeMinutes * 60_000
  return ({ key, entry, place }) => {
    if (key === 'global' && !includeGlobal) return false
    if (key === 'unknown' && !includeUnknown) return false
    if (agentId !== undefined && parseAgentKey(key)?.agentId !== agentId) return false
    if (label !== undefined && entry.label !== label.trim()) return false
    if (spawnedBy !== undefined) {
      const parent = entry.spawnedBy && wholeKey(place.agentId, entry.spawnedBy)
      if (isShared(key) || parent !== spawnedBy) return false
    }
    if (since !== null && (entry.updatedAt ?? 0) < since) return false
    if (!search) return true
    const texts = [displayNameOf(key, entry), entry.label, entry.subject, entry.sessionId, key]
    return texts.some((text) => text?.toLowerCase().includes(search))
  }
}

async function glimpsedRow(found: FoundSession, params: SessionsListParams): Promise<SessionRow> {
  const row = sessionRow(found.key, found.entry)
  if (found.entry.sessionId === undefined) return row
  const derivedTitle = params.includeDerivedTitles
    ? titleOf(found.entry, await readFirstMessage(found))
    : undefined
  const lastMessagePreview = params.includeLastMessage ? await readLastMessage(found) : undefined
  return {
    ...row,
    ...(derivedTitle === undefined ? {} : { derivedTitle }),
    ...(lastMessagePreview === undefined ? {} : { lastMessagePreview: lastMessagePreview.slice(0, 2_000) }),
  }
}
