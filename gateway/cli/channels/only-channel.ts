import { isFields, type LooseFields, listOf } from '../../../shared/loose-value.ts'

/** The answer of `channels.status` with one channel alone; empty of channels where it does not have that one. */
export function onlyChannel(payload: LooseFields, id: string): LooseFields {
  const picked = (value: unknown) => (isFields(value) && Object.hasOwn(value, id) ? { [id]: value[id] } : {})
  return {
    ...payload,
    channelOrder: listOf(payload.channelOrder).filter((one) => one === id),
    channelLabels: picked(payload.channelLabels),
    channels: picked(payload.channels),
    channelAccounts: picked(payload.channelAccounts),
    channelDefaultAccountId: picked(payload.channelDefaultAccountId),
  }
}
