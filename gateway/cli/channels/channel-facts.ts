import { fieldsOf, type LooseFields, listOf, numberOf, textOf } from '../../../shared/loose-value.ts'
import { formatDuration } from '../../../shared/wording/format.ts'

export interface AccountFacts {
  readonly id: string
  readonly word: string
  readonly mood: Mood
  readonly notes: readonly string[]
}

export interface ChannelFacts {
  readonly id: string
  readonly label: string
  /** How it is, in one or two words. */
  readonly word: string
  readonly mood: Mood
  readonly notes: readonly string[]
  readonly accounts: readonly AccountFacts[]
}

/** `off`: nothing is expected of it. */
export type Mood = 'well' | 'trouble' | 'off'

/** Of `channels.status`, as ours and released gateways answer it. */
export function channelsInStatus(payload: LooseFields): readonly ChannelFacts[] {
  const accounts = fieldsOf(payload.channelAccounts)
  return channelsOf(payload, (id) => listOf(accounts[id]).map(fieldsOf))
}

/** Of `health`, where the accounts stand with their channel. */
export function channelsInHealth(payload: LooseFields): readonly ChannelFacts[] {
  return channelsOf(payload, (_, channel) => Object.values(fieldsOf(channel.accounts)).map(fieldsOf))
}

type AccountsOf = (id: string, channel: LooseFields) => readonly LooseFields[]

function channelsOf(payload: LooseFields, accountsOf: AccountsOf): readonly ChannelFacts[] {
  const channels = fieldsOf(payload.channels)
  const labels = fieldsOf(payload.channelLabels)
  const order = listOf(payload.channelOrder).flatMap((id) => (typeof id === 'string' ? [id] : []))
  return order.map((id) => {
    const channel = fieldsOf(channels[id])
    const accounts = accountsOf(id, channel)
    const isOff = accounts.length > 0 && accounts.every(({ enabled }) => enabled === false)
    return {
      id,
      label: textOf(labels[id]) ?? id,
      ...stateOf(channel, isOff),
      accounts: accounts.map((account) => ({
        id: [textOf(account.accountId) ?? 'default', textOf(account.name)].filter(Boolean).join(' '),
        ...stateOf(account, account.enabled === false),
      })),
    }
  })
}

function stateOf(facts: LooseFields, isOff: boolean): Pick<AccountFacts, 'word' | 'mood' | 'notes'> {
  const { configured, linked, running, connected } = facts
  // Released gateways say the state once more as the last error.
  const notes = notesOf(facts).filter((note) => note !== 'not linked')
  if (isOff) return { word: 'off', mood: 'off', notes: [] }
  if (linked === false) return { word: 'not linked', mood: configured === false ? 'off' : 'trouble', notes }
  if (configured === false) return { word: 'not set up', mood: 'off', notes: [] }
  const probe = fieldsOf(facts.probe)
  if (probe.ok === false) return { word: 'probe failed', mood: 'trouble', notes }
  if (connected === true || (running === true && connected === undefined)) {
    return { word: connected === true ? 'connected' : 'running', mood: 'well', notes }
  }
  if (running === true) return { word: 'not connected', mood: 'trouble', notes }
  if (probe.ok === true) return { word: 'answers', mood: 'well', notes }
  const word = linked === true ? 'linked' : 'set up'
  // `health` of released gateways does not say whether a channel runs.
  return running === false
    ? { word: `${word}, not running`, mood: 'trouble', notes }
    : { word, mood: 'well', notes }
}

function notesOf(facts: LooseFields): readonly string[] {
  const linkedFor = numberOf(facts.authAgeMs)
  const error = textOf(fieldsOf(facts.probe).error) ?? textOf(facts.lastError)
  return [
    ...(linkedFor === undefined ? [] : [`signed in ${formatDuration('en', linkedFor)} ago`]),
    ...(error === undefined ? [] : [error.replace(/\.$/, '')]),
  ]
}
