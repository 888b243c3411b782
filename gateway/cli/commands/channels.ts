import { Command } from 'commander'
import { parseDurationMs } from '../duration-option.ts'

export interface ChannelsOptions {
  readonly json?: true
  readonly probe?: true
  readonly timeout: number
}

/** What changes channels; only a gateway that runs some can do it. */
const handedOver = {
  login: 'link an account, for instance WhatsApp by its QR code',
  logout: 'unlink an account',
  add: 'set up a channel',
  remove: 'take a channel out',
  capabilities: 'what a channel can do',
  resolve: 'find whom a name means',
  logs: 'the log of a channel',
} as const

export function channelsCommand(finish: (code: number) => void): Command {
  const command = new Command('channels')
    .summary('show the channels: what is set up, linked and running')
    .description(
      'Shows the channels over which people write to the agents, and links them where the gateway can.',
    )
    .addHelpText('after', examples)
  command
    .command('list')
    .description('what is set up, by the configuration and the credentials')
    .option('--json', 'print it as JSON')
    .action(async ({ json }: ChannelsOptions) => {
      const { listChannels } = await import('../channels/list-channels.ts')
      finish(await listChannels(json === true))
    })
  command
    .command('status')
    .description('how the channels are, as the gateway tells it; without a gateway, as list')
    .argument('[id]', 'only this one, for instance whatsapp')
    .option('--probe', 'have the gateway try each of them')
    .option('--timeout <ms>', 'how long to wait for the gateway', parseDurationMs, 10_000)
    .option('--json', 'print it as JSON')
    .action(async (id: string | undefined, options: ChannelsOptions) => {
      const { showChannels } = await import('../channels/show-channels.ts')
      finish(await showChannels(id, options))
    })
  for (const [name, description] of Object.entries(handedOver)) {
    command
      .command(name)
      .description(`${description}; done by the released gateway in use`)
      .argument('[words...]', 'as that gateway takes them, for instance --channel whatsapp')
      .allowUnknownOption()
      .helpOption(false)
      .action(async (words: string[]) => {
        const { handOver } = await import('../channels/hand-over.ts')
        finish(await handOver([name, ...words]))
      })
  }
  return command
}

const examples = `
Examples:
  moltbot channels list
  moltbot channels status whatsapp
  moltbot channels status --probe --json
  moltbot channels login --channel whatsapp

Exit codes:
  0 done, also with the gateway down   1 the gateway in use cannot do it   2 no such channel, wrong usage`
