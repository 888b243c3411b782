import type { Problem } from '../../../shared/problem.ts'
import { knownAgentIds } from '../../agents/known-agents.ts'
import { defaultContextTokens, defaultModel } from '../../models/model-ref.ts'
import { agentOfKey, isShared, kindOf, type SessionKind } from '../session-key.ts'
import type { SessionState } from '../session-state.ts'
import { placesOfAgent } from '../store/store-places.ts'
import { allSessions, type FoundSession } from './all-sessions.ts'
import { totalTokensOf } from './session-row.ts'

/** The members are those of Moltbot's `status`. */
export interface RecentSession {
  readonly agentId: string
  readonly key: string
  readonly kind: SessionKind
  readonly sessionId?: string
  /** ms since 1970, and how long ago that is. */
  readonly updatedAt: number | null
  readonly age: number | null
  readonly model: string
  readonly contextTokens: number
  readonly totalTokens: number
  readonly remainingTokens: number
  readonly percentUsed: number
  readonly flags: readonly string[]
}

export interface RecentSessions {
  /** Of the files that list them. */
  readonly paths: readonly string[]
  readonly count: number
  readonly defaults: { readonly model: string; readonly contextTokens: number }
  readonly recent: readonly RecentSession[]
  readonly byAgent: readonly {
    readonly agentId: string
    readonly path: string
    readonly count: number
    readonly recent: readonly RecentSession[]
  }[]
  readonly problems: readonly Problem[]
}

const shown = 10

/** How many sessions there are, and the ten of them, and of each agent, that were used last. */
export async function recentSessions(state: SessionState): Promise<RecentSessions> {
  const now = Date.now()
  const { sessions, problems } = await allSessions(state)
  const newest = sessions
    .filter(({ key }) => !isShared(key))
    .sort((a, b) => (b.entry.updatedAt ?? 0) - (a.entry.updatedAt ?? 0))
  const defaults = {
    model: defaultModel(state.config).model,
    contextTokens: defaultContextTokens(state.config),
  }
  const describe = (found: FoundSession) => recentSession(state, found, defaults, now)
  const byAgent = (await knownAgentIds(state.config, state.stateDir)).map((agentId) => {
    const own = newest.filter(({ key }) => agentOfKey(state.config, key) === agentId)
    const path = placesOfAgent(state, agentId)[0]?.path ?? ''
    return { agentId, path, count: own.length, recent: own.slice(0, shown).map(describe) }
  })
  return {
    paths: [...new Set(byAgent.map(({ path }) => path))],
    count: newest.length,
    defaults,
    recent: newest.slice(0, shown).map(describe),
    byAgent,
    problems,
  }
}

function recentSession(
  state: SessionState,
  { key, entry }: FoundSession,
  defaults: RecentSessions['defaults'],
  now: number,
): RecentSession {
  const { sessionId, updatedAt = null, model = defaults.model } = entry
  const totalTokens = totalTokensOf(entry)
  const contextTokens =
    entry.contextTokens && entry.contextTokens > 0 ? entry.contextTokens : defaults.contextTokens
  return {
    agentId: agentOfKey(state.config, key),
    key,
    kind: kindOf(key, entry.chatType),
    ...(sessionId === undefined ? {} : { sessionId }),
    updatedAt,
    age: updatedAt === null ? null : now - updatedAt,
    model,
    contextTokens,
    totalTokens,
    remainingTokens: Math.max(0, contextTokens - totalTokens),
    percentUsed: Math.min(999, Math.round((totalTokens / contextTokens) * 100)),
    flags: flagsOf(entry),
  }
}

function flagsOf(entry: FoundSession['entry']): readonly string[] {
  const flags = [
    entry.thinkingLevel && `think:${entry.thinkingLevel}`,
    entry.verboseLevel && `verbose:${entry.verboseLevel}`,
    entry.reasoningLevel && `reasoning:${entry.reasoningLevel}`,
    entry.elevatedLevel && `elevated:${entry.elevatedLevel}`,
    entry.systemSent && 'system',
    entry.abortedLastRun && 'aborted',
    entry.sessionId && `id:${entry.sessionId}`,
  ]
  return flags.filter((flag) => typeof flag === 'string' && flag !== '').map(String)
}
