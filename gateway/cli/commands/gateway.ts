import { Command, Option } from 'commander'
import { exitCode } from '../../../shared/exit-codes.ts'
import { addCallCommands } from './gateway-call.ts'
import { addServiceCommands } from './service.ts'

interface GatewayOptions {
  readonly port?: string
  readonly bind?: 'loopback' | 'lan' | 'auto' | 'tailnet' | 'custom'
  readonly auth?: 'token' | 'password'
  readonly token?: string
  readonly password?: string
  readonly dev?: true
  readonly reset?: true
  readonly yes?: true
  readonly force?: true
  readonly verbose?: true
  readonly wsLog?: 'auto' | 'full' | 'compact'
  readonly compact?: true
  readonly tailscale?: 'off' | 'serve' | 'funnel'
  readonly rawStream?: true
  readonly rawStreamPath?: string
}

export function gatewayCommand(finish: (code: number) => void): Command {
  const command = new Command('gateway')
    .summary('run a gateway in this terminal')
    .description(
      'Runs a gateway in this terminal until Ctrl-C, on 127.0.0.1 only unless told otherwise. ' +
        '"moltbot host" does this for you and keeps it running. What is typed wins over the environment, and that ' +
        'over the configuration.',
    )
    .option('--port <n>', 'port, instead of MOLTBOT_GATEWAY_PORT, the configuration or 18789')
    .addOption(
      new Option(
        '--bind <mode>',
        'where it listens, instead of gateway.bind; beyond this machine it needs a long secret',
      ).choices(['loopback', 'lan', 'auto', 'tailnet', 'custom']),
    )
    .addOption(new Option('--auth <mode>', 'what clients must know').choices(['token', 'password']))
    .option(
      '--token <token>',
      'the token; other users of this machine can read it in `ps`: better CLAWDBOT_GATEWAY_TOKEN',
    )
    .option('--password <password>', 'the password; as visible as a token: better CLAWDBOT_GATEWAY_PASSWORD')
    .addOption(
      new Option('--tailscale <mode>', 'only "off": Tailscale is not set up from here').choices([
        'off',
        'serve',
        'funnel',
      ]),
    )
    .option('--tailscale-reset-on-exit', 'nothing to reset, as nothing is set up from here')
    .option('--allow-unconfigured', 'run without gateway.mode too, as it does anyway')
    .option('--dev', 'write a configuration and a token first, where there is none')
    .option(
      '--reset',
      'with --dev, on a profile: move configuration, credentials and sessions aside first; asks',
    )
    .option('--yes', 'do not ask before --reset')
    .option('--force', 'end a gateway of yours that has the port; never another program')
    .option('--verbose', 'show debug messages here; the log file is not affected')
    .addOption(
      new Option('--ws-log <style>', 'requests in the debug messages').choices(['auto', 'full', 'compact']),
    )
    .option('--compact', 'the same as --ws-log compact')
    .option('--raw-stream', 'refused: this gateway has no model stream to record')
    .addOption(new Option('--raw-stream-path <path>').hideHelp())
    .addHelpText('after', examples)
    .action(async (options: GatewayOptions) => finish(await run(options)))
  addServiceCommands(command, finish)
  addCallCommands(command, finish)
  return command
}

async function run(options: GatewayOptions): Promise<number> {
  const refused = refusal(options)
  if (refused !== null) {
    const { tellUsage } = await import('../tell.ts')
    tellUsage(refused)
    return exitCode.wrongUsage
  }
  if (options.token !== undefined || options.password !== undefined) {
    process.stderr.write(
      'Other users of this machine can see a secret on the command line. Keep it with: moltbot secrets set\n',
    )
  }
  if (options.dev) {
    const { prepareDevelopment } = await import('../gateway/prepare-development.ts')
    const code = await prepareDevelopment({ isReset: options.reset === true, isSure: options.yes === true })
    if (code !== exitCode.done) return code
  }
  const { port, bind, auth, token, password } = options
  const { runGatewayCommand } = await import('../run-gateway-command.ts')
  return runGatewayCommand({
    ...{ port, bind, auth, token, password },
    isVerbose: options.verbose === true,
    isForced: options.force === true,
    wsLog: options.compact ? 'compact' : (options.wsLog ?? 'auto'),
  })
}

/** What Moltbot has and this gateway has not: to go on without it would be another thing than was asked for. */
function refusal(options: GatewayOptions): string | null {
  if (options.tailscale !== undefined && options.tailscale !== 'off') {
    return '--tailscale: this program does not set up Tailscale. Bind to the tailnet with --bind tailnet, or run "tailscale serve" yourself'
  }
  if (options.rawStream || options.rawStreamPath !== undefined) {
    return '--raw-stream: this gateway runs no agent yet, so that there is no model stream to record'
  }
  if (options.reset && !options.dev) return '--reset belongs to --dev'
  return null
}

const examples = `
Examples:
  moltbot gateway --verbose
  moltbot gateway --port 19001
  moltbot gateway --bind lan         for other machines too; the token must have 24 characters or more
  moltbot gateway --force            in place of the gateway of yours that has the port
  moltbot --dev gateway --dev        a gateway to try things on, with a state of its own
  moltbot gateway status             the same as moltbot service status`
