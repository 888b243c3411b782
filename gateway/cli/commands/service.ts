import { Command } from 'commander'
import { parseDurationMs } from '../duration-option.ts'

interface ChangeOptions {
  readonly json?: true
  readonly timeout: number
}
interface InstallOptions {
  readonly replace?: true
  readonly json?: true
}

const changes = {
  start: 'start the gateway and wait until it is ready',
  stop: 'stop the gateway and wait until it has ended; it stays stopped',
  restart: 'stop the gateway, start it again and wait until it is ready',
} as const
const installations = {
  install: 'have systemd or launchd run the gateway, also while no host runs',
  uninstall: 'stop that service and remove its file',
} as const

export function serviceCommand(finish: (code: number) => void): Command {
  const command = new Command('service')
    .summary('status, start, stop, restart, install, uninstall of the gateway')
    .description(
      'Shows and changes the state of the gateway that the running host looks after, or that the operating ' +
        'system runs as a service.',
    )
    .addHelpText('after', examples)
  addServiceCommands(command, finish)
  return command
}

/** The same under the name that Moltbot has for it. */
export function daemonCommand(finish: (code: number) => void): Command {
  const command = new Command('daemon').summary('the same as service')
  addServiceCommands(command, finish)
  return command
}

/** Moltbot itself spells them `gateway …` and `daemon …`, its manual `service …`: each works. */
export function addServiceCommands(command: Command, finish: (code: number) => void): void {
  command
    .command('status')
    .description('state, process, uptime, memory and CPU of the gateway, and its service')
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
  for (const action of ['install', 'uninstall'] as const) {
    command
      .command(action)
      .description(installations[action])
      .option('--replace', 'also a file that is not ours or was edited; it is kept beside as .bak')
      .option('--json', 'print the outcome as JSON')
      .action(async (options: InstallOptions) => {
        const { changeInstallation } = await import('../startup/change-installation.ts')
        finish(await changeInstallation(action, options))
      })
  }
}

const examples = `
Examples:
  moltbot service status --json
  moltbot service restart
  moltbot service install

Exit codes:
  0 done   1 failed, or not within --timeout   3 neither a host nor a service runs`
