import { Command, Option } from 'commander'

export interface LogsOptions {
  readonly source: LogSource
  readonly tail?: string
  readonly limit?: string
  readonly maxBytes?: string
  readonly since?: string
  readonly until?: string
  readonly date?: string
  readonly follow?: true
  readonly interval?: string
  readonly level?: string
  readonly grep?: string
  readonly json?: true
  readonly plain?: true
  readonly url?: string
  readonly token?: string
}

export const logSources = ['gateway', 'access', 'host'] as const
export type LogSource = (typeof logSources)[number]

export function logsCommand(finish: (code: number) => void): Command {
  return (
    new Command('logs')
      .summary('show the gateway’s log, and follow it')
      .description(
        'Shows the last lines of the gateway’s log. It reads the files itself, rotated and compressed ones too, so ' +
          'it works with the gateway and the host down.',
      )
      .option('--tail <n>', 'how many of the last matching lines, 0 to 100000 (default: 200; all of a time)')
      .option('--limit <n>', 'the same, as Moltbot spells it')
      .option('-f, --follow', 'go on with each new line, across midnight and rotation, until Ctrl-C')
      .option('--since <time>', 'from then on: 10m, 2h, 3d (ago), 2026-01-30, 2026-01-30T12:00')
      .option('--until <time>', 'up to then, spelled alike')
      .option('--date <day>', 'the log of one day: 2026-01-30, today, yesterday')
      .addOption(
        new Option('--source <which>', 'access: who connected; host: what the host did and saw')
          .choices(logSources)
          .default('gateway' satisfies LogSource),
      )
      .option(
        '--level <level>',
        'only fatal, error, warn, info, debug or trace and graver, and lines without a level',
      )
      .option('--grep <text>', 'only lines with this text, whatever its case; or a pattern: /text/i')
      .option('--max-bytes <n>', 'search no further back than this, 1 to 67108864 bytes')
      .option('--interval <ms>', 'look this often for news that no watch tells of, 100 to 60000')
      .option('--json', 'one JSON object a line: type is meta, log, raw, notice or error')
      .option('--plain', 'no colours; the same as --no-color')
      // Of Moltbot's own, which asks the gateway. They are taken in to be refused with a reason.
      .addOption(new Option('--url <url>').hideHelp())
      .addOption(new Option('--token <token>').hideHelp())
      .addOption(new Option('--timeout <ms>').hideHelp())
      .addHelpText('after', examples)
      .action(async (options: LogsOptions) => {
        const { showLogs } = await import('../logs/show-logs.ts')
        finish(await showLogs(options))
      })
  )
}

const examples = `
Examples:
  moltbot logs --tail 100
  moltbot logs --follow --level warn
  moltbot logs --since 2h --grep whatsapp
  moltbot logs --date yesterday --level error
  moltbot logs --source access --since 10m
  moltbot logs --grep '/refused|timed? out/i' --json | tail -n 1

Exit codes:
  0 done, also where there is no log yet   1 the log cannot be read   2 wrong usage`
