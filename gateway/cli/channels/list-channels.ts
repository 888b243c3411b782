import { exitCode } from '../../../shared/exit-codes.ts'
import { fieldsOf } from '../../../shared/loose-value.ts'
import { readFilesHere } from '../gateway-call/state-here.ts'
import { outputLook, sayLines } from '../output-look.ts'
import { sayJson, sayLine, tellProblem } from '../tell.ts'
import { channelsInStatus } from './channel-facts.ts'
import { channelTable } from './channel-table.ts'
import { channelsOnDisk } from './channels-on-disk.ts'

/** What configuration and credentials say of the channels; resolves to the exit code. */
export async function listChannels(isJson: boolean): Promise<number> {
  const { state, flaw, masker } = await readFilesHere()
  const payload = masker.deep(await channelsOnDisk(state))
  const channels = channelsInStatus(payload)
  if (isJson) {
    const listed = channels.map(({ id, label, accounts }) => ({
      id,
      label,
      accounts: fieldsOf(payload.channelAccounts)[id] ?? accounts,
    }))
    sayJson({ ok: true, channels: listed, problem: flaw })
    return exitCode.done
  }
  if (flaw) tellProblem(flaw)
  if (channels.length === 0) sayLine(noChannels)
  else sayLines(channelTable(channels, outputLook()))
  return exitCode.done
}

export const noChannels = 'No channel is set up. They stand in the configuration under "channels".'
