import { Command } from 'commander'
import { parseDurationMs } from '../duration-option.ts'

export interface HealthOptions {
  readonly json?: true
  readonly timeout: number
  readonly port?: string
  readonly verbose?: true
}

export function healthCommand(finish: (code: number) => void): Command {
  return new Command('health')
    .summary('ask the gateway whether it is well')
    .description('Asks the gateway itself over its protocol, through the running host where there is one.')
    .option('--json', 'print the answer as JSON')
    .option('--timeout <ms>', 'how long to wait for the answer', parseDurationMs, 10_000)
    .option('--port <n>', 'ask the gateway on this port, not the configured one')
    .option('--verbose', 'have it look at its channels anew, and say more of them')
    .addHelpText('after', examples)
    .action(async (options: HealthOptions) => {
      const { showHealth } = await import('../status/show-health.ts')
      finish(await showHealth(options))
    })
}

const examples = `
Examples:
  moltbot health
  moltbot health --json --timeout 2000
  moltbot health || moltbot service restart

Exit codes:
  0 it is well   1 it is not, or refused the token   3 not reachable   78 bad configuration`
