import { Command } from 'commander'

export interface LogsOptions {
  readonly tail?: string
  readonly limit?: string
  readonly follow?: true
  readonly level?: string
  readonly grep?: string
  readonly json?: true
  readonly color: boolean
}

export function logsCommand(finish: (code: number) => void): Command {
  return new Command('logs')
    .summary('show the gateway’s log, and follow it')
    .description(
      'Shows the last lines of the gateway’s log of today. It reads the file itself, so it works with the ' +
        'gateway and the host down.',
    )
    .option('--tail <n>', 'how many of the last matching lines, 0 to 100000 (default: 200)')
    .option('--limit <n>', 'the same, as Moltbot spells it')
    .option('-f, --follow', 'go on with each new line, across midnight and rotation, until Ctrl-C')
    .option(
      '--level <level>',
      'only fatal, error, warn, info, debug or trace and graver, and lines without a level',
    )
    .option('--grep <text>', 'only lines with this text, whatever its case; or a pattern: /text/i')
    .option('--json', 'one JSON object a line: type is meta, log, raw, notice or error')
    .option('--no-color', 'no colours on a terminal')
    .addHelpText('after', examples)
    .action(async (options: LogsOptions) => {
      const { showLogs } = await import('../logs/show-logs.ts')
      finish(await showLogs(options))
    })
}

const examples = `
Examples:
  moltbot logs --tail 100
  moltbot logs --follow --level warn
  moltbot logs --grep '/refused|timed? out/i' --json | tail -n 1

Exit codes:
  0 done, also where there is no log yet   1 the log cannot be read   2 wrong usage`
