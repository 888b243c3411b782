import { fieldsOf, type LooseFields, textOf } from '../../shared/loose-value.ts'
import { mainKeyOf } from '../sessions/session-defaults.ts'
import { configuredAgents, defaultAgentId } from './agent-ids.ts'
import { knownAgentIds } from './known-agents.ts'

export interface AgentsListPayload {
  readonly defaultId: string
  readonly mainKey: string
  readonly scope: 'per-sender' | 'global'
  readonly agents: readonly AgentSummary[]
}

export interface AgentSummary {
  readonly id: string
  readonly name?: string
  readonly identity?: {
    readonly name?: string
    readonly theme?: string
    readonly emoji?: string
    /** As written; a file it names is not read. */
    readonly avatar?: string
    /** Present where the avatar is an address already. */
    readonly avatarUrl?: string
  }
}

export async function listAgents(config: LooseFields, stateDir: string): Promise<AgentsListPayload> {
  const configured = new Map(configuredAgents(config).map(({ id, fields }) => [id, fields]))
  const ids = await knownAgentIds(config, stateDir)
  return {
    defaultId: defaultAgentId(config),
    mainKey: mainKeyOf(config),
    scope: fieldsOf(config.session).scope === 'global' ? 'global' : 'per-sender',
    agents: ids.map((id) => summarize(id, configured.get(id) ?? {})),
  }
}

function summarize(id: string, fields: LooseFields): AgentSummary {
  const name = textOf(fields.name)
  return { id, ...(name ? { name } : {}), ...identityOf(fields.identity) }
}

function identityOf(value: unknown): Pick<AgentSummary, 'identity'> {
  const given = fieldsOf(value)
  const avatar = textOf(given.avatar)
  const identity = Object.fromEntries(
    [
      ['name', textOf(given.name)],
      ['theme', textOf(given.theme)],
      ['emoji', textOf(given.emoji)],
      ['avatar', avatar],
      ['avatarUrl', avatar && /^(?:data:|https?:\/\/)/i.test(avatar) ? avatar : undefined],
    ].filter(([, text]) => text !== undefined),
  )
  return Object.keys(identity).length > 0 ? { identity } : {}
}
