import type { LooseFields } from '../../shared/loose-value.ts'
import { agentIdOf, defaultAgentId } from '../agents/agent-ids.ts'
import { mainKeyOf, sessionDefaults } from './session-defaults.ts'

export type SessionKind = 'direct' | 'group' | 'global' | 'unknown'

export interface AgentKey {
  readonly agentId: string
  readonly rest: string
}

/** `agent:<id>:<rest>`; null where the key names no agent. */
export function parseAgentKey(key: string): AgentKey | null {
  const [word, agent, ...rest] = key.trim().split(':').filter(Boolean)
  if (word !== 'agent' || !agent || rest.length === 0) return null
  return { agentId: agentIdOf(agent), rest: rest.join(':') }
}

/** Two sessions that belong to no agent. */
export function isShared(key: string): boolean {
  return key === 'global' || key === 'unknown'
}

/** A key as it stands in the store of `agentId`, in the one form that names it everywhere. */
export function wholeKey(agentId: string, key: string): string {
  return isShared(key) || key.startsWith('agent:') ? key : `agent:${agentId}:${key}`
}

/** A key as somebody asks for it, in the form of the store; `main` is whatever the main session is called. */
export function askedKey(config: LooseFields, asked: string): string {
  const key = asked.trim()
  if (key === '' || isShared(key)) return key
  const defaults = sessionDefaults(config)
  const mainKey = mainKeyOf(config)
  const parsed = parseAgentKey(key)
  if (!parsed) {
    const isMain = key === 'main' || key === mainKey
    return isMain ? defaults.mainSessionKey : wholeKey(defaults.defaultAgentId, key)
  }
  if (parsed.rest !== 'main' && parsed.rest !== mainKey) return key
  return defaults.scope === 'global' ? 'global' : `agent:${parsed.agentId}:${mainKey}`
}

/** Whose store has the session of a key. */
export function agentOfKey(config: LooseFields, key: string): string {
  return parseAgentKey(key)?.agentId ?? defaultAgentId(config)
}

export function kindOf(key: string, chatType: string | undefined): SessionKind {
  if (key === 'global' || key === 'unknown') return key
  if (chatType === 'group' || chatType === 'channel') return 'group'
  return key.includes(':group:') || key.includes(':channel:') ? 'group' : 'direct'
}

/** `<channel>:group:<id>` and `<channel>:channel:<id>`, with or without the agent before it. */
export function groupOfKey(key: string): { readonly channel: string; readonly id: string } | null {
  const [channel, kind, ...rest] = (parseAgentKey(key)?.rest ?? key).split(':').filter(Boolean)
  if (!channel || rest.length === 0 || (kind !== 'group' && kind !== 'channel')) return null
  return { channel, id: rest.join(':') }
}
