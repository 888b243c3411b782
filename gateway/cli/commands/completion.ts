import { Argument, Command } from 'commander'

export const shells = ['bash', 'zsh', 'fish'] as const
export type CompletedShell = (typeof shells)[number]

export function completionCommand(finish: (code: number) => void): Command {
  const completion = new Command('completion')
    .summary('have Tab complete commands, options and values')
    .description('Prints what has your shell complete commands, options, names and files, or installs it.')
    .addHelpText('after', examples)
  for (const shell of shells) {
    completion
      .command(shell)
      .description(`print it for ${shell}`)
      .action(async (_: object, command: Command) => {
        const { printCompletion } = await import('../completion/print-completion.ts')
        finish(printCompletion(shell, rootOf(command)))
      })
  }
  completion
    .command('install')
    .description('write it to the folder where your shell looks for it; its own files are left alone')
    .addArgument(new Argument('[shell]', 'else the one that you sign in to').choices(shells))
    .option('--json', 'print the outcome as JSON')
    .action(async (shell: CompletedShell | undefined, { json }: { json?: true }, command: Command) => {
      const { installCompletion } = await import('../completion/install-completion.ts')
      finish(await installCompletion(shell, rootOf(command), json === true))
    })
  return completion
}

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command
}

const examples = `
Examples:
  moltbot completion install             for the shell that you sign in to
  source <(moltbot completion bash)      in this bash or zsh only
  moltbot completion fish | source       in this fish only`
