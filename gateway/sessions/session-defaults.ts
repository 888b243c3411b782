import { fieldsOf, type LooseFields, textOf } from '../../shared/loose-value.ts'
import { defaultAgentId } from '../agents/agent-ids.ts'

export interface SessionDefaults {
  readonly defaultAgentId: string
  readonly mainKey: string
  /** Key of the session that all direct chats share, unless the configuration says otherwise. */
  readonly mainSessionKey: string
  readonly scope: 'per-sender' | 'global'
}

/** What a client must know to name sessions; asked of the configuration alone. */
export function sessionDefaults(config: LooseFields): SessionDefaults {
  const scope = fieldsOf(config.session).scope === 'global' ? 'global' : 'per-sender'
  const agentId = defaultAgentId(config)
  const mainKey = mainKeyOf(config)
  const mainSessionKey = scope === 'global' ? 'global' : `agent:${agentId}:${mainKey}`
  return { defaultAgentId: agentId, mainKey, mainSessionKey, scope }
}

export function mainKeyOf(config: LooseFields): string {
  return textOf(fieldsOf(config.session).mainKey)?.toLowerCase() ?? 'main'
}
