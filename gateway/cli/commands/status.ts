import { Command } from 'commander'
import { parseDurationMs } from '../duration-option.ts'

export interface StatusOptions {
  readonly json?: true
  readonly deep?: true
  readonly all?: true
  readonly usage?: true
  readonly verbose?: true
  readonly timeout: number
}

export function statusCommand(finish: (code: number) => void): Command {
  return new Command('status')
    .summary('the gateway and all around it, on one screen')
    .description(
      'Shows the gateway, its channels, agents and sessions, its configuration, what should be seen to, and where ' +
        'its log is. It works with the host and the gateway down, and changes nothing.',
    )
    .option('--deep', 'also have the gateway try its channels, and everything looked at as doctor does')
    .option(
      '--all',
      'a report to paste: without secrets, names, home folder, telephone numbers and public addresses',
    )
    .option('--usage', 'also what model runs have cost')
    .option('--verbose', 'more of each part: accounts of channels, all findings')
    .option('--timeout <ms>', 'how long to wait for each answer', parseDurationMs, 10_000)
    .option('--json', 'print it as JSON')
    .addHelpText('after', examples)
    .action(async (options: StatusOptions) => {
      const { showStatus } = await import('../status/show-status.ts')
      finish(await showStatus(options))
    })
}

const examples = `
Examples:
  moltbot status
  moltbot status --deep
  moltbot status --all > report.txt
  moltbot status --json

Exit codes:
  0 done, also with the gateway down   3 --deep, and the gateway does not answer`
