import { Command, Option } from 'commander'
import { addServiceCommands } from './service.ts'

interface GatewayOptions {
  readonly port?: string
  readonly verbose?: true
}

export function gatewayCommand(finish: (code: number) => void): Command {
  const command = new Command('gateway')
    .summary('run a gateway in this terminal')
    .description(
      'Runs a gateway in this terminal, on 127.0.0.1 only, until Ctrl-C. ' +
        '"moltbot host" does this for you and keeps it running.',
    )
    .option('--port <n>', 'port, instead of MOLTBOT_GATEWAY_PORT, the configuration or 18789')
    .addOption(
      new Option('--bind <mode>', 'where it listens: this machine alone, for now').choices(['loopback']),
    )
    .option('--allow-unconfigured', 'run without gateway.mode too, as it does anyway')
    .option('--verbose', 'show debug messages here; the log file is not affected')
    .addHelpText('after', examples)
    .action(async ({ port, verbose }: GatewayOptions) => {
      const { runGatewayCommand } = await import('../run-gateway-command.ts')
      finish(await runGatewayCommand({ port, isVerbose: verbose === true }))
    })
  addServiceCommands(command, finish)
  return command
}

const examples = `
Examples:
  moltbot gateway --verbose
  moltbot gateway --port 19001
  moltbot gateway status             the same as moltbot service status`
