import type { ChannelAccount, ChannelsStatusPayload } from './channels-status.ts'

/** One line for each channel, and one for each of its accounts; the form is that of Moltbot's `status`. */
export function summaryLines(status: ChannelsStatusPayload): readonly string[] {
  return status.channelOrder.flatMap((id) => {
    const { configured = false, linked, authAgeMs, self } = status.channels[id] ?? {}
    const accounts = status.channelAccounts[id] ?? []
    const isOff = accounts.every(({ enabled }) => !enabled)
    const word =
      linked === undefined ? (configured ? 'configured' : 'not configured') : linked ? 'linked' : 'not linked'
    const facts = [
      `${status.channelLabels[id] ?? id}: ${isOff ? 'disabled' : word}`,
      self?.e164,
      authAgeMs == null ? null : `auth ${ageOf(authAgeMs)}`,
    ]
    return [facts.filter(Boolean).join(' '), ...accounts.map(accountLine)]
  })
}

function accountLine({ accountId, name, enabled, dmPolicy, allowFrom = [] }: ChannelAccount): string {
  const details = [
    enabled ? null : 'disabled',
    dmPolicy ? `dm:${dmPolicy}` : null,
    allowFrom.length > 0 ? `allow:${allowFrom.slice(0, 2).join(',')}` : null,
  ].filter(Boolean)
  const label = name ? `${accountId} (${name})` : accountId
  return `  - ${label}${details.length > 0 ? ` (${details.join(', ')})` : ''}`
}

function ageOf(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes}m ago`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours}h ago` : `${Math.round(hours / 24)}d ago`
}
