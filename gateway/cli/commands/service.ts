import { Command } from 'commander'
import { parseDurationMs } from '../duration-option.ts'

interface ChangeOptions {
  readonly json?: true
  readonly timeout: number
}

const changes = {
  start: 'start the gateway and wait until it is ready',
  stop: 'stop the gateway and wait until it has ended; it stays stopped',
  restart: 'stop the gateway, start it again and wait until it is ready',
} as const

export function serviceCommand(finish: (code: number) => void): Command {
  const command = new Command('service')
    .summary('status, start, stop, restart of the gateway')
    .description('Shows and changes the state of the gateway that the running host looks after.')
    .addHelpText('after', examples)
  command
    .command('status')
    .description('state, process, uptime, memory and CPU of the gateway')
    .option('--json', 'print it as JSON')
    .action(async ({ json }: { json?: true }) => {
      const { showStatus } = await import('../show-status.ts')
      finish(await showStatus(json === true))
    })
  for (const action of ['start', 'stop', 'restart'] as const) {
    command
      .command(action)
      .description(changes[action])
      .option('--json', 'print the outcome as JSON')
      .option('--timeout <ms>', 'how long to wait', parseDurationMs, 90_000)
      .action(async ({ json, timeout }: ChangeOptions) => {
        const { changeService } = await import('../change-service.ts')
        finish(await changeService({ action, isJson: json === true, timeoutMs: timeout }))
      })
  }
  return command
}

const examples = `
Examples:
  moltbot service status --json
  moltbot service restart

Exit codes:
  0 done   1 failed, or not within --timeout   3 no host is running`
