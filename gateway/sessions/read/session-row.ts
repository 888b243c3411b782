import { type LooseFields, textOf } from '../../../shared/loose-value.ts'
import { groupOfKey, kindOf, type SessionKind } from '../session-key.ts'
import type { SessionEntry } from '../store/session-entry.ts'

/** One session in a list; the members are those of Moltbot's `sessions.list`. */
export interface SessionRow
  extends Omit<SessionEntry, 'updatedAt' | 'totalTokens' | 'sessionFile' | 'spawnedBy'> {
  readonly key: string
  readonly kind: SessionKind
  /** ms since 1970; null where the file does not say. */
  readonly updatedAt: number | null
  readonly totalTokens: number
  readonly derivedTitle?: string
  readonly lastMessagePreview?: string
}

export function sessionRow(key: string, entry: SessionEntry): SessionRow {
  const { sessionFile: _file, spawnedBy: _parent, ...rest } = entry
  const channel = entry.channel ?? groupOfKey(key)?.channel
  const displayName = displayNameOf(key, entry)
  return {
    ...rest,
    ...deliveryOf(entry),
    key,
    kind: kindOf(key, entry.chatType),
    ...(displayName === undefined ? {} : { displayName }),
    ...(channel === undefined ? {} : { channel }),
    updatedAt: entry.updatedAt ?? null,
    totalTokens: totalTokensOf(entry),
  }
}

export function totalTokensOf({ totalTokens, inputTokens = 0, outputTokens = 0 }: SessionEntry): number {
  return totalTokens ?? inputTokens + outputTokens
}

/** What people call it: a name of its own, that of its group, its label, or who writes in it. */
export function displayNameOf(key: string, entry: SessionEntry): string | undefined {
  if (entry.displayName !== undefined) return entry.displayName
  const group = groupOfKey(key)
  const channel = entry.channel ?? group?.channel
  if (channel !== undefined) return groupName(channel, entry, group?.id ?? key)
  return entry.label ?? textOf(entry.origin?.label)
}

/** `whatsapp:g-family`, `discord:guild#general`. */
function groupName(channel: string, { groupChannel, space, subject }: SessionEntry, id: string): string {
  const room = textOf(groupChannel)
  const within = textOf(space)
  const detail =
    room && within
      ? `${within}${room.startsWith('#') ? '' : '#'}${room}`
      : (room ?? textOf(subject) ?? within)
  const bare = labelOf(detail ?? id) || labelOf(shortId(detail ?? id))
  const token = groupChannel ? bare : bare.replace(/^#+/, '')
  if (!token) return channel.toLowerCase()
  const isMarked = /^[@#]/.test(token) || token.startsWith('g-') || token.includes('#')
  return `${channel.toLowerCase()}:${isMarked ? token : `g-${token}`}`
}

function labelOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9#@._+-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
}

function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 6)}...${id.slice(-4)}`
}

/** Where an answer would go: what the last message said counts before what was agreed earlier. */
function deliveryOf(entry: SessionEntry): LooseFields {
  const { deliveryContext: agreed = {} } = entry
  const channel = textOf(entry.lastChannel ?? entry.channel) ?? textOf(agreed.channel)
  const to = textOf(entry.lastTo) ?? textOf(agreed.to)
  const accountId = textOf(entry.lastAccountId) ?? textOf(agreed.accountId)
  const found = Object.fromEntries(
    Object.entries({ channel, to, accountId, threadId: agreed.threadId }).filter(
      ([, value]) => value !== undefined,
    ),
  )
  if (Object.keys(found).length === 0) return {}
  return {
    deliveryContext: found,
    ...(channel === undefined ? {} : { lastChannel: channel }),
    ...(to === undefined ? {} : { lastTo: to }),
    ...(accountId === undefined ? {} : { lastAccountId: accountId }),
  }
}
