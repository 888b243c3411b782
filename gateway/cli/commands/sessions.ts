import { Command } from 'commander'
import { parseDurationMs } from '../duration-option.ts'

export interface SessionsOptions {
  readonly json?: true
  readonly limit?: string
  readonly active?: string
  readonly agent?: string
  readonly timeout: number
}

export function sessionsCommand(finish: (code: number) => void): Command {
  const command = new Command('sessions')
    .summary('show the conversations that the gateway keeps')
    .description(
      'Shows the sessions, the one used last first, as the gateway tells them; without a gateway, as they lie on disk.',
    )
    .addHelpText('after', examples)
  // Commander takes an option for one of `sessions` itself, wherever it stands.
  const show = async (_: SessionsOptions, asked: Command) => {
    const { showSessions } = await import('../sessions/show-sessions.ts')
    finish(await showSessions(asked.optsWithGlobals()))
  }
  addOptions(command).action(show)
  addOptions(command.command('list').description('the same')).action(show)
  return command
}

function addOptions(command: Command): Command {
  return command
    .option('--limit <n>', 'no more than this many, 1 to 100000')
    .option('--active <minutes>', 'only those used in the last so many minutes')
    .option('--agent <id>', 'only those of this agent')
    .option('--timeout <ms>', 'how long to wait for the gateway', parseDurationMs, 10_000)
    .option('--json', 'print them as JSON')
}

const examples = `
Examples:
  moltbot sessions list
  moltbot sessions --active 60 --limit 20
  moltbot sessions list --agent main --json

Exit codes:
  0 done, also where there are none   2 wrong usage`
