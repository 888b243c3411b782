import { fieldsOf, type LooseFields, textOf } from '../../shared/loose-value.ts'
import { configuredAgents } from './agent-ids.ts'

/** What a chat shows of whoever answers in it; the members are those of Moltbot's `agent.identity.get`. */
export interface AgentIdentity {
  readonly agentId: string
  readonly name: string
  /** An address, the name of a picture, or a sign of at most four letters. */
  readonly avatar: string
}

const maxName = 50

/** What the configuration calls an agent; no file of its workspace is read. */
export function agentIdentity(config: LooseFields, agentId: string): AgentIdentity {
  const forAll = fieldsOf(fieldsOf(config.ui).assistant)
  const own = fieldsOf(configuredAgents(config).find(({ id }) => id === agentId)?.fields.identity)
  const name = textOf(forAll.name) ?? textOf(own.name) ?? 'Assistant'
  const avatars = [forAll.avatar, own.avatar, own.emoji].flatMap((value) => textOf(value) ?? [])
  return { agentId, name: name.slice(0, maxName), avatar: avatars.find(isAvatar) ?? 'A' }
}

function isAvatar(text: string): boolean {
  if (/^(?:https?:\/\/|data:image\/)/i.test(text)) return true
  return /[\\/]|\.(?:png|jpe?g|gif|webp|svg|ico)$/i.test(text) || (!/\s/.test(text) && text.length <= 4)
}
