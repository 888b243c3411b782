import { exitCode } from '../../../shared/exit-codes.ts'
import { isFields, type LooseFields } from '../../../shared/loose-value.ts'
import type { Problem } from '../../../shared/problem.ts'
import { knownChannelIds } from '../../channels/known-channels.ts'
import type { ChannelsOptions } from '../commands/channels.ts'
import { type OpenedLine, openLine } from '../gateway-call/gateway-line.ts'
import { type FilesHere, stateBeside } from '../gateway-call/state-here.ts'
import { outputLook, sayLines } from '../output-look.ts'
import { withProgress } from '../slow-progress.ts'
import { sayJson, sayLine, tellProblem, tellUsage } from '../tell.ts'
import { channelsInStatus } from './channel-facts.ts'
import { channelTable } from './channel-table.ts'
import { noChannels } from './list-channels.ts'
import { onlyChannel } from './only-channel.ts'

export interface ChannelsAnswer {
  /** In the form of the gateway's `channels.status`. */
  readonly payload: LooseFields
  /** Why the gateway did not tell; null where it did. */
  readonly problem: Problem | null
}

/** Shows how the channels are, or the one of `id`; resolves to the exit code. */
export async function showChannels(id: string | undefined, options: ChannelsOptions): Promise<number> {
  const isJson = options.json === true
  const line = await withProgress('Asking the gateway', !isJson, openLine(undefined))
  const here = await stateBeside(line)
  const asking = readChannels(line, here, options.probe === true, options.timeout)
  const answer = here.masker.deep(await withProgress('Asking the gateway', !isJson, asking))
  const all = channelsInStatus(answer.payload)
  if (id !== undefined && !all.some((channel) => channel.id === id)) {
    const known = knownChannelIds()
    if (!known.includes(id)) {
      const here = [...new Set([...all.map((channel) => channel.id), ...known])]
      tellUsage(`There is no channel ${JSON.stringify(id)}. Those that are known: ${here.join(', ')}`)
      return exitCode.wrongUsage
    }
  }
  const payload = id === undefined ? answer.payload : onlyChannel(answer.payload, id)
  if (isJson) {
    sayJson({
      ok: true,
      ...payload,
      gateway: { reachable: answer.problem === null, problem: answer.problem },
    })
    return exitCode.done
  }
  if (answer.problem) {
    tellProblem(answer.problem)
    sayLine('By the configuration and the credentials:')
  }
  const channels = channelsInStatus(payload)
  if (channels.length > 0) sayLines(channelTable(channels, outputLook()))
  else
    sayLine(
      id === undefined
        ? noChannels
        : `${id} is not set up. It would stand in the configuration under "channels.${id}".`,
    )
  return exitCode.done
}

/** As the gateway tells it, else as the files say. `isProbe`: the gateway tries each channel. */
export async function readChannels(
  line: OpenedLine,
  here: FilesHere,
  isProbe: boolean,
  timeoutMs: number,
): Promise<ChannelsAnswer> {
  const asked = await askChannels(line, isProbe, timeoutMs)
  if (!('code' in asked)) return { payload: asked.payload, problem: null }
  const { channelsOnDisk } = await import('./channels-on-disk.ts')
  return { payload: await channelsOnDisk(here.state), problem: asked }
}

async function askChannels(
  line: OpenedLine,
  isProbe: boolean,
  timeoutMs: number,
): Promise<{ payload: LooseFields } | Problem> {
  if (line.kind === 'problem') return line.problem
  if (line.kind === 'wrongUsage') return { code: 'INTERNAL', params: { detail: line.detail } }
  try {
    const params = { probe: isProbe, timeoutMs }
    const answer = await line.call({
      method: 'channels.status',
      params,
      scopes: ['operator.read'],
      timeoutMs,
    })
    if (!answer.ok) return answer
    return isFields(answer.payload)
      ? { payload: answer.payload }
      : { code: 'INTERNAL', params: { detail: 'channels.status was answered with no object' } }
  } finally {
    line.close()
  }
}
