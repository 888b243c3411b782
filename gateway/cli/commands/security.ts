import { Command } from 'commander'

export interface AuditOptions {
  readonly deep?: true
  readonly fix?: true
  readonly json?: true
  readonly strict?: true
}

export function securityCommand(finish: (code: number) => void): Command {
  const security = new Command('security')
    .summary('find out who else could read, reach or use the gateway')
    .description('Looks for what is open to others: files, network, channels, secrets.')
    .addHelpText('after', examples)
  security
    .command('audit')
    .description('look at everything, and say what shows each finding and what to do')
    .option('--deep', 'also ask the running gateway whom it lets in, for at most five seconds')
    .option('--fix', 'mend what is safe to mend, and look again')
    .option('--strict', 'exit with 4 where something critical or a warning was found')
    .option('--json', 'print the findings as JSON')
    .action(async ({ deep, fix, json, strict }: AuditOptions) => {
      const { showChecks } = await import('../checks/show-checks.ts')
      const order = { kind: 'audit', deep: deep === true, fix: fix === true } as const
      finish(await showChecks(order, { isJson: json === true, isStrict: strict === true }))
    })
  return security
}

const examples = `
Examples:
  moltbot security audit
  moltbot security audit --deep --json
  moltbot security audit --fix

Exit codes:
  0 looked, whatever was found   1 could not look   4 found something, with --strict`
