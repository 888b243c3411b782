import { realpathSync } from 'node:fs'
import { Command } from 'commander'
import { parsePort } from '../../../host/config/gateway-port.ts'
import { defaultHostPort } from '../../../shared/endpoints.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { tellUsage } from '../tell.ts'

interface HostOptions {
  readonly port: string
  readonly open: boolean
  readonly gatewayPort?: string
}

export function hostCommand(finish: (code: number) => void): Command {
  return new Command('host')
    .summary('start the gateway, keep it running, and serve its page')
    .description(
      'Starts the gateway, keeps it running and serves the page to watch and stop it, until Ctrl-C. ' +
        'Where a host already runs, prints a fresh address of its page instead.',
    )
    .option('--port <n>', 'port of the page', String(defaultHostPort))
    .option('--no-open', 'do not open a browser')
    .option('--gateway-port <n>', 'port of the gateway, instead of the configured one or 18789')
    .addHelpText('after', examples)
    .action(async (options: HostOptions) => finish(await runHost(options)))
}

async function runHost({ port, open, gatewayPort }: HostOptions): Promise<number> {
  // 0 takes a free port: of use to tests and to several hosts on one machine.
  const pagePort = port === '0' ? 0 : parsePort(port)
  if (pagePort === null) return wrong('--port must be a whole number from 1 to 65535')
  if (gatewayPort !== undefined && parsePort(gatewayPort) === null) {
    return wrong('--gateway-port must be a whole number from 1 to 65535')
  }
  const { runHeadlessHost } = await import('../../../host/headless.ts')
  return runHeadlessHost({ port: pagePort, open, gatewayPort, gatewayCommand: ourselves() })
}

/** By its real path: a later build moves the links, and this host keeps starting the gateway it came with. */
function ourselves(): { file: string; args: string[] } {
  const [, entry = ''] = process.argv
  return { file: process.execPath, args: [realpathSync(entry), 'gateway'] }
}

function wrong(detail: string): number {
  tellUsage(detail)
  return exitCode.wrongUsage
}

const examples = `
Examples:
  moltbot host
  moltbot host --no-open               on a server: print the address only
  moltbot host --gateway-port 19001    run the gateway on another port`
