import { type LooseFields, textOf } from '../../../shared/loose-value.ts'
import { channelsStatus, notRunReason } from '../../channels/channels-status.ts'
import type { SessionState } from '../../sessions/session-state.ts'

/**
 * In the form of `channels.status`, what configuration and credentials say. Whether a channel runs, and why not, they
 * do not say: the gateway in use may be another than ours.
 */
export async function channelsOnDisk(state: SessionState): Promise<LooseFields> {
  const payload = await channelsStatus(state)
  const { channels, channelAccounts } = payload
  return {
    ...payload,
    channels: mapped(channels, withoutRun),
    channelAccounts: mapped(channelAccounts, (accounts) => accounts.map(withoutRun)),
  }
}

function withoutRun(told: LooseFields): LooseFields {
  const { running, connected, lastError, ...rest } = told
  const trouble = textOf(lastError)?.replace(notRunReason, '').trim()
  return trouble ? { ...rest, lastError: trouble } : rest
}

function mapped<T>(values: Readonly<Record<string, T>>, change: (value: T) => unknown): LooseFields {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, change(value)]))
}
