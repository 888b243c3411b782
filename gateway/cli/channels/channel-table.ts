import type { Colour } from '../colours.ts'
import type { Cell, OutputLook } from '../table.ts'
import { tableLines } from '../table.ts'
import type { AccountFacts, ChannelFacts, Mood } from './channel-facts.ts'

export const moodColours: Readonly<Record<Mood, Colour>> = { well: 'green', trouble: 'yellow', off: 'grey' }
const head = ['CHANNEL', 'ACCOUNT', 'STATE', 'NOTES'] as const

/** A row for each account; a channel that names none has one of its own. */
export function channelTable(channels: readonly ChannelFacts[], look: OutputLook): string[] {
  const rows = channels.flatMap((channel) =>
    channel.accounts.length === 0
      ? [rowOf(channel.label, { ...channel, id: '-' })]
      : channel.accounts.map((account, at) => rowOf(at === 0 ? channel.label : '', account)),
  )
  return tableLines(rows, look, { head })
}

function rowOf(label: string, { id, word, mood, notes }: AccountFacts): Cell[] {
  return [label, id, { text: word, colour: moodColours[mood] }, notes.join('; ')]
}
