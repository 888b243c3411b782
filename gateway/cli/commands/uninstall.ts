import { Command } from 'commander'

export interface UninstallOptions {
  readonly dryRun?: true
  readonly yes?: true
  readonly state?: true
  readonly backups?: true
  readonly secrets?: true
  readonly json?: true
}

export function uninstallCommand(finish: (code: number) => void): Command {
  return new Command('uninstall')
    .summary('take away what this program put on your machine')
    .description(
      'Stops the host and removes what this program set up for you: launch at login, the gateway service, the link ' +
        'to `moltbot`, completion, its own data, copies and logs. Your state, backups and secrets stay unless you ' +
        'ask for each. Shows the list first, and asks. The application itself is removed as it was installed.',
    )
    .option('--dry-run', 'only show the list')
    .option('--yes', 'do not ask')
    .option('--state', 'also the state folder: configuration, sessions, credentials; asks once more')
    .option('--backups', 'also the backups in the usual folder, and their key if none are elsewhere')
    .option('--secrets', 'also the secrets in the keychain or the sealed file')
    .option('--json', 'print the list, or what was done, as JSON; does something only with --yes')
    .addHelpText('after', examples)
    .action(async (options: UninstallOptions) => {
      const { uninstall } = await import('../uninstall/uninstall.ts')
      finish(await uninstall(options))
    })
}

const examples = `
Examples:
  moltbot uninstall --dry-run
  moltbot uninstall
  moltbot uninstall --yes --state --backups --secrets    everything, unasked

Exit codes:
  0 done, or shown   1 not confirmed, refused, or something could not be removed   2 wrong usage`
