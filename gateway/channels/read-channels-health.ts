import type { SessionState } from '../sessions/session-state.ts'
import { channelsStatus } from './channels-status.ts'

/** The members of Moltbot's `health` that concern channels. */
export interface ChannelsHealth {
  readonly channels: Readonly<Record<string, object>>
  readonly channelOrder: readonly string[]
  readonly channelLabels: Readonly<Record<string, string>>
}

/** Looks at configuration and credentials, and contacts nobody. */
export async function readChannelsHealth(state: SessionState): Promise<ChannelsHealth> {
  const { channels, channelOrder, channelLabels, channelAccounts, channelDefaultAccountId } =
    await channelsStatus(state)
  const withAccounts = Object.fromEntries(
    Object.entries(channels).map(([id, summary]) => [
      id,
      {
        accountId: channelDefaultAccountId[id],
        ...summary,
        accounts: Object.fromEntries(
          (channelAccounts[id] ?? []).map((account) => [account.accountId, account]),
        ),
      },
    ]),
  )
  return { channels: withAccounts, channelOrder, channelLabels }
}
