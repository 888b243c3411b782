import { fieldsOf, type LooseFields, textOf } from '../../shared/loose-value.ts'
import type { SessionState } from '../sessions/session-state.ts'
import { channelLabel, configuredChannels } from './known-channels.ts'
import type { LinkedDevice } from './linked-device.ts'
import { defaultAccount, usesWhatsApp, type WhatsAppAccount, whatsAppAccounts } from './whatsapp-accounts.ts'

export interface ChannelAccount {
  readonly accountId: string
  readonly name?: string
  readonly enabled: boolean
  readonly configured: boolean
  readonly linked?: boolean
  readonly running: false
  readonly connected: false
  readonly lastError: string
  readonly dmPolicy?: string
  readonly allowFrom?: readonly string[]
  readonly [fact: string]: unknown
}

export interface ChannelSummary {
  readonly configured: boolean
  readonly running: false
  readonly connected: false
  readonly lastError: string
  readonly linked?: boolean
  /** ms; null where nothing is linked. */
  readonly authAgeMs?: number | null
  readonly self?: LinkedDevice['self']
  readonly [fact: string]: unknown
}

/** The members are those of Moltbot's `channels.status`. */
export interface ChannelsStatusPayload {
  readonly ts: number
  readonly channelOrder: readonly string[]
  readonly channelLabels: Readonly<Record<string, string>>
  readonly channels: Readonly<Record<string, ChannelSummary>>
  readonly channelAccounts: Readonly<Record<string, readonly ChannelAccount[]>>
  readonly channelDefaultAccountId: Readonly<Record<string, string>>
}

/** True of every channel, whatever the configuration says of it. */
export const notRunReason = 'This gateway does not run channels yet.'
const idle = { running: false, connected: false } as const

/** What configuration and credentials say of the channels; none of them is contacted. */
export async function channelsStatus(state: SessionState): Promise<ChannelsStatusPayload> {
  const configured = configuredChannels(state.config)
  const hasWhatsApp = configured.includes('whatsapp') || (await usesWhatsApp(state))
  const order = hasWhatsApp && !configured.includes('whatsapp') ? [...configured, 'whatsapp'] : configured
  const described = await Promise.all(order.map((id) => describeChannel(state, id)))
  const byId = <T>(pick: (channel: DescribedChannel) => T): Readonly<Record<string, T>> =>
    Object.fromEntries(described.map((channel) => [channel.id, pick(channel)]))
  return {
    ts: Date.now(),
    channelOrder: order,
    channelLabels: byId(({ id }) => channelLabel(id)),
    channels: byId(({ summary }) => summary),
    channelAccounts: byId(({ accounts }) => accounts),
    channelDefaultAccountId: byId(({ defaultAccountId }) => defaultAccountId),
  }
}

interface DescribedChannel {
  readonly id: string
  readonly summary: ChannelSummary
  readonly accounts: readonly ChannelAccount[]
  readonly defaultAccountId: string
}

async function describeChannel(state: SessionState, id: string): Promise<DescribedChannel> {
  return id === 'whatsapp' ? describeWhatsApp(await whatsAppAccounts(state)) : describeOther(state.config, id)
}

function describeWhatsApp(found: readonly WhatsAppAccount[]): DescribedChannel {
  const chosen = found.find(({ accountId }) => accountId === defaultAccount) ?? found[0]
  const { linked = false, authAgeMs = null, self = { e164: null, jid: null } } = chosen?.device ?? {}
  const unknown = { lastConnectedAt: null, lastDisconnect: null, lastMessageAt: null, lastEventAt: null }
  const accounts = found.map(({ device, ...account }) => ({
    ...account,
    ...unknown,
    ...idle,
    configured: true,
    linked: device.linked,
    reconnectAttempts: 0,
    lastError: device.detail ? `${notRunReason} Its link cannot be read: ${device.detail}.` : notRunReason,
  }))
  const lastError =
    accounts.find(({ accountId }) => accountId === chosen?.accountId)?.lastError ?? notRunReason
  return {
    id: 'whatsapp',
    accounts,
    defaultAccountId: chosen?.accountId ?? defaultAccount,
    summary: {
      ...unknown,
      ...idle,
      configured: linked,
      linked,
      authAgeMs,
      self,
      reconnectAttempts: 0,
      lastError,
    },
  }
}

/** Of the others only the configuration tells anything; what it holds of secrets is not looked at. */
function describeOther(config: LooseFields, id: string): DescribedChannel {
  const channel = fieldsOf(fieldsOf(config.channels)[id])
  const configured = fieldsOf(channel.accounts)
  const named = Object.keys(configured).sort((a, b) => a.localeCompare(b))
  const ids = named.length > 0 ? named : [defaultAccount]
  const accounts = ids.map((accountId) => {
    const account = fieldsOf(configured[accountId])
    const name = textOf(account.name)
    const enabled = channel.enabled !== false && account.enabled !== false
    return {
      accountId,
      ...(name ? { name } : {}),
      ...idle,
      enabled,
      configured: true,
      lastError: notRunReason,
    }
  })
  const defaultAccountId = ids.includes(defaultAccount) ? defaultAccount : (ids[0] ?? defaultAccount)
  return { id, accounts, defaultAccountId, summary: { ...idle, configured: true, lastError: notRunReason } }
}
