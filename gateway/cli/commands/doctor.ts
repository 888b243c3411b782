import { Command } from 'commander'

export interface DoctorOptions {
  readonly fix?: true
  readonly repair?: true
  readonly deep?: true
  readonly json?: true
  readonly strict?: true
}

export function doctorCommand(finish: (code: number) => void): Command {
  return new Command('doctor')
    .summary('look for what keeps the gateway from running well, and mend it')
    .description(
      'Looks at configuration, permissions, port, lock, token, disk, Node, service, log, backups and the ' +
        'gateway, and says of each trouble what shows it and what to do. Works with and without a running host.',
    )
    .option('--fix', 'mend what is safe to mend, and look again')
    .option('--repair', 'the same as --fix')
    .option('--deep', 'also ask the running gateway whom it lets in')
    .option('--yes', 'accepted for scripts; nothing is ever asked')
    .option('--non-interactive', 'accepted for scripts; nothing is ever asked')
    .option('--strict', 'exit with 4 where something critical or a warning was found')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', examples)
    .action(async ({ fix, repair, deep, json, strict }: DoctorOptions) => {
      const { showChecks } = await import('../checks/show-checks.ts')
      const order = { kind: 'doctor', deep: deep === true, fix: fix === true || repair === true } as const
      finish(await showChecks(order, { isJson: json === true, isStrict: strict === true }))
    })
}

const examples = `
Examples:
  moltbot doctor
  moltbot doctor --fix
  moltbot doctor --strict --json

Exit codes:
  0 looked, whatever was found   1 could not look   4 found something, with --strict`
