import type { GatewayHealth } from '../../../shared/host-api.ts'
import { fieldsOf, type LooseFields, listOf, numberOf, textOf } from '../../../shared/loose-value.ts'
import { formatDuration, formatTook } from '../../../shared/wording/format.ts'
import { channelsInHealth } from '../channels/channel-facts.ts'

/** What a gateway says of its health; ours and released ones leave out what they do not know. */
export function healthLines(health: GatewayHealth, isVerbose: boolean): string[] {
  const { version, uptimeMs } = health
  const facts = [
    ...(typeof version === 'string' ? [`version ${version}`] : []),
    ...(typeof uptimeMs === 'number' ? [`up ${formatDuration('en', uptimeMs)}`] : []),
    `checked in ${formatTook('en', health.durationMs)}`,
  ]
  const channels = channelsInHealth(health).flatMap(({ label, word, notes, accounts }) => [
    `${label}: ${[word, ...notes].join(', ')}`,
    ...(isVerbose
      ? accounts.map((account) => `  ${account.id}: ${[account.word, ...account.notes].join(', ')}`)
      : []),
  ])
  const agents = listOf(health.agents).map((agent) => agentText(fieldsOf(agent)))
  return [
    `The gateway is ${health.ok ? 'well' : 'not well'}: ${facts.join(', ')}.`,
    ...channels,
    ...(agents.length > 0 ? [`Agents: ${agents.join(', ')}`] : []),
    ...sessionsLine(fieldsOf(health.sessions)),
  ]
}

function agentText(agent: LooseFields): string {
  const id = textOf(agent.agentId) ?? '?'
  const every = textOf(fieldsOf(agent.heartbeat).every)
  const facts = [
    ...(agent.isDefault === true ? ['default'] : []),
    ...(every && every !== 'disabled' ? [`heartbeat every ${every}`] : []),
  ]
  return facts.length > 0 ? `${id} (${facts.join(', ')})` : id
}

function sessionsLine(sessions: LooseFields): string[] {
  const count = numberOf(sessions.count)
  const path = textOf(sessions.path)
  return count === undefined ? [] : [`Sessions: ${count}${path ? `, in ${path}` : ''}`]
}
