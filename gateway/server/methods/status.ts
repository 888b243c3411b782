import { protocolVersion } from '../../../shared/protocol/limits.ts'
import { knownAgentIds } from '../../agents/known-agents.ts'
import { noHeartbeat } from '../../agents/no-heartbeat.ts'
import { channelsStatus } from '../../channels/channels-status.ts'
import { summaryLines } from '../../channels/summary-lines.ts'
import { recentSessions } from '../../sessions/read/recent-sessions.ts'
import type { MethodServices } from '../method-services.ts'
import { sessionStateOf } from './session-state.ts'

/** What the gateway knows of itself, and the members of Moltbot's own answer with what is true here. */
export async function status(services: MethodServices): Promise<object> {
  const { vitals, presence, port, configPath, stateDir, logPath, config } = services
  const state = sessionStateOf(services)
  const [channels, sessions, agentIds] = await Promise.all([
    channelsStatus(state),
    recentSessions(state),
    knownAgentIds(state.config, stateDir),
  ])
  const linkable = channels.channelOrder.find((id) => channels.channels[id]?.linked !== undefined)
  const link = linkable === undefined ? undefined : channels.channels[linkable]
  const [defaultAgentId] = agentIds
  return {
    ok: vitals.closingBecause() === null,
    ts: Date.now(),
    version: vitals.version,
    protocol: protocolVersion,
    pid: process.pid,
    port,
    uptimeMs: vitals.uptimeMs(),
    memory: { rssBytes: process.memoryUsage.rss() },
    clients: presence.list().filter(({ reason }) => reason === 'connect').length,
    configPath,
    stateDir,
    logPath: logPath(),
    configProblems: config.problems(),
    ...(link && linkable !== undefined
      ? {
          linkChannel: {
            id: linkable,
            label: channels.channelLabels[linkable],
            linked: link.linked === true,
            authAgeMs: link.authAgeMs ?? null,
          },
        }
      : {}),
    heartbeat: { defaultAgentId, agents: agentIds.map((agentId) => ({ agentId, ...noHeartbeat })) },
    channelSummary: summaryLines(channels),
    queuedSystemEvents: [],
    sessions,
  }
}
