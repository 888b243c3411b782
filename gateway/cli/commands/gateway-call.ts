import { type Command, Option } from 'commander'
import { parseDurationMs } from '../duration-option.ts'

export interface CallOptions {
  readonly params: string
  readonly port?: string
  readonly timeout: number
  readonly json?: true
  readonly url?: string
  readonly token?: string
  readonly password?: string
}

/** `call`, `health` and `probe` of `gateway`, as Moltbot has them. */
export function addCallCommands(gateway: Command, finish: (code: number) => void): void {
  addCommon(
    gateway
      .command('call')
      .description('call a method of the gateway’s protocol and print its answer, which is JSON')
      .argument('<method>', 'for instance status, sessions.list, config.get')
      .option('--params <json>', 'its parameters, a JSON object', '{}'),
  )
    .addHelpText('after', callExamples)
    .action(async (method: string, _: CallOptions, command: Command) => {
      const { callMethod } = await import('../gateway-call/call-method.ts')
      finish(await callMethod(method, command.optsWithGlobals()))
    })
  addCommon(gateway.command('health').description('the same as moltbot health')).action(
    async (_: CallOptions, command: Command) => {
      const options: CallOptions = command.optsWithGlobals()
      const { refuseElsewhere } = await import('../gateway-call/refuse-elsewhere.ts')
      const { showHealth } = await import('../status/show-health.ts')
      finish(refuseElsewhere(options) ?? (await showHealth(options)))
    },
  )
  addCommon(
    gateway
      .command('probe')
      .description('connect to the gateway without the host in between, and say what it is and can do'),
  ).action(async (_: CallOptions, command: Command) => {
    const { probeGateway } = await import('../gateway-call/probe-gateway.ts')
    finish(await probeGateway(command.optsWithGlobals()))
  })
}

function addCommon(command: Command): Command {
  return (
    command
      .option('--port <n>', 'the gateway on this port of this machine, not the configured one')
      .option('--timeout <ms>', 'how long to wait for the answer', parseDurationMs, 10_000)
      .option('--json', 'print JSON, errors too')
      // Of Moltbot's own. They are taken in to be refused with a reason.
      .addOption(new Option('--url <url>').hideHelp())
      .addOption(new Option('--token <token>').hideHelp())
      .addOption(new Option('--password <password>').hideHelp())
  )
}

const callExamples = `
Examples:
  moltbot gateway call status
  moltbot gateway call sessions.list --params '{"limit": 5}' --json
  moltbot gateway call logs.tail --params '{"limit": 20}'

It is called with all rights of an operator. Known secrets are masked in what is printed.

Exit codes:
  0 answered   1 refused   2 wrong usage   3 not reachable   78 bad configuration`
