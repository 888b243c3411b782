import { configuredAgents, defaultAgentId } from '../agents/agent-ids.ts'
import { noHeartbeat } from '../agents/no-heartbeat.ts'
import { recentSessions } from '../sessions/read/recent-sessions.ts'
import type { SessionState } from '../sessions/session-state.ts'

interface SessionsHealth {
  /** Of the file that lists them. */
  readonly path: string
  readonly count: number
  /** ms since 1970, and how long ago that is; the one that was used last comes first. */
  readonly recent: readonly {
    readonly key: string
    readonly updatedAt: number | null
    readonly age: number | null
  }[]
}

/** The members of Moltbot's `health` that concern agents and their sessions. */
export interface AgentsHealth {
  readonly heartbeatSeconds: number
  readonly defaultAgentId: string
  readonly agents: readonly {
    readonly agentId: string
    readonly name?: string
    readonly isDefault: boolean
    readonly heartbeat: typeof noHeartbeat
    readonly sessions: SessionsHealth
  }[]
  /** Those of the default agent. */
  readonly sessions: SessionsHealth
}

const shown = 5

export async function readAgentsHealth(state: SessionState): Promise<AgentsHealth> {
  const { byAgent } = await recentSessions(state)
  const first = defaultAgentId(state.config)
  const names = new Map(configuredAgents(state.config).map(({ id, fields }) => [id, fields.name]))
  const agents = byAgent.map(({ agentId, path, count, recent }) => {
    const name = names.get(agentId)
    return {
      agentId,
      ...(typeof name === 'string' ? { name } : {}),
      isDefault: agentId === first,
      heartbeat: noHeartbeat,
      sessions: {
        path,
        count,
        recent: recent.slice(0, shown).map(({ key, updatedAt, age }) => ({ key, updatedAt, age })),
      },
    }
  })
  const sessions = agents.find(({ isDefault }) => isDefault)?.sessions ?? { path: '', count: 0, recent: [] }
  return { heartbeatSeconds: 0, defaultAgentId: first, agents, sessions }
}
