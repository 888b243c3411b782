import { fieldsOf, type LooseFields } from '../../../shared/loose-value.ts'

const texts = [
  'sessionId',
  'sessionFile',
  'label',
  'displayName',
  'channel',
  'subject',
  'groupChannel',
  'space',
  'chatType',
  'spawnedBy',
  'thinkingLevel',
  'verboseLevel',
  'reasoningLevel',
  'elevatedLevel',
  'sendPolicy',
  'responseUsage',
  'groupActivation',
  'modelProvider',
  'model',
  'providerOverride',
  'modelOverride',
  'lastChannel',
  'lastTo',
  'lastAccountId',
] as const
const numbers = ['updatedAt', 'inputTokens', 'outputTokens', 'totalTokens', 'contextTokens'] as const
const flags = ['systemSent', 'abortedLastRun'] as const
const objects = ['origin', 'deliveryContext'] as const

/** What is read of a session; an entry of the file has more, which stays there. */
export type SessionEntry = Readonly<
  Partial<Record<(typeof texts)[number], string>> &
    Partial<Record<(typeof numbers)[number], number>> &
    Partial<Record<(typeof flags)[number], boolean>> &
    Partial<Record<(typeof objects)[number], LooseFields>>
>

/** A name is shorter; whoever writes more shall not fill every list. */
const maxLetters = 1_000

/** What does not fit is left out; names of fields that older releases wrote are read as the new ones. */
export function sessionEntryOf(value: unknown): SessionEntry {
  const given = fieldsOf(value)
  const entry: Record<string, unknown> = {}
  for (const name of texts) {
    const text = given[name] ?? given[formerNames[name] ?? name]
    if (typeof text === 'string') entry[name] = text.slice(0, maxLetters)
  }
  for (const name of numbers) if (Number.isFinite(given[name])) entry[name] = given[name]
  for (const name of flags) if (typeof given[name] === 'boolean') entry[name] = given[name]
  for (const name of objects) {
    const fields = fieldsOf(given[name])
    if (Object.keys(fields).length > 0) entry[name] = shortened(fields)
  }
  return entry
}

const formerNames: Readonly<Record<string, string>> = {
  channel: 'provider',
  lastChannel: 'lastProvider',
  groupChannel: 'room',
}

/** Only texts and numbers: what an origin or an address is made of. */
function shortened(fields: LooseFields): LooseFields {
  const short: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(fields).slice(0, 32)) {
    if (typeof value === 'string') short[name] = value.slice(0, maxLetters)
    else if (typeof value === 'number') short[name] = value
  }
  return short
}
