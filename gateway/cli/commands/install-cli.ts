import { Command } from 'commander'

export interface InstallCliOptions {
  readonly to?: string
  readonly force?: true
  readonly json?: true
}

export function installCliCommand(finish: (code: number) => void): Command {
  return new Command('install-cli')
    .summary('link `moltbot` into ~/.local/bin')
    .description(
      'Links `moltbot` into a folder of your PATH, so that it works from any folder. The link leads to a place ' +
        'that stays after builds and updates. Says what your shell needs besides; no file of it is edited.',
    )
    .option('--to <folder>', 'another folder than ~/.local/bin')
    .option('--force', 'also where something else stands; it is kept beside it as .bak')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', examples)
    .action(async (options: InstallCliOptions) => {
      const { installCli } = await import('../install-cli/install-cli.ts')
      finish(await installCli(options))
    })
}

const examples = `
Examples:
  moltbot install-cli
  moltbot install-cli --to ~/bin

Exit codes:
  0 linked, or was already   1 not linked`
