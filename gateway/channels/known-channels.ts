import { fieldsOf, type LooseFields } from '../../shared/loose-value.ts'

/** Channels that Moltbot knows, in the order in which it lists them. */
const labels = new Map([
  ['telegram', 'Telegram'],
  ['whatsapp', 'WhatsApp'],
  ['discord', 'Discord'],
  ['googlechat', 'Google Chat'],
  ['slack', 'Slack'],
  ['signal', 'Signal'],
  ['imessage', 'iMessage'],
  ['bluebubbles', 'BlueBubbles'],
  ['line', 'LINE'],
  ['matrix', 'Matrix'],
  ['mattermost', 'Mattermost'],
  ['msteams', 'Microsoft Teams'],
  ['nextcloud-talk', 'Nextcloud Talk'],
  ['nostr', 'Nostr'],
  ['tlon', 'Tlon'],
  ['zalo', 'Zalo'],
  ['zalouser', 'Zalo Personal'],
])

export function knownChannelIds(): readonly string[] {
  return [...labels.keys()]
}

export function channelLabel(id: string): string {
  return labels.get(id) ?? id
}

/** The sections under `channels` of the configuration that are channels, in that order. */
export function configuredChannels(config: LooseFields): readonly string[] {
  const written = Object.keys(fieldsOf(config.channels)).filter(
    (id) => id !== 'defaults' && /^[a-z0-9][a-z0-9_-]{0,63}$/i.test(id),
  )
  const known = [...labels.keys()].filter((id) => written.includes(id))
  return [...known, ...written.filter((id) => !labels.has(id))]
}
