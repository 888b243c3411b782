import { Command } from 'commander'

interface JsonOption {
  readonly json?: true
}

export function terminalCommand(finish: (code: number) => void): Command {
  const terminal = new Command('terminal')
    .summary('where the Terminal page may be used')
    .description(
      'The Terminal page runs programs as you. In the window of Moltbot Desktop it is always there; in a browser ' +
        'only once you allow it here or in the window.',
    )
    .addHelpText('after', examples)
  const json = ['--json', 'print the result as JSON'] as const

  terminal
    .command('status')
    .description('whether a browser may open a terminal, and how many are open')
    .option(...json)
    .action(async (options: JsonOption) => {
      const { showTerminals } = await import('../terminal/terminals.ts')
      finish(await showTerminals(options.json === true))
    })
  terminal
    .command('allow-browser')
    .description('let pages in a browser open a terminal, too')
    .option(...json)
    .action(async (options: JsonOption) => {
      const { allowInBrowser } = await import('../terminal/terminals.ts')
      finish(await allowInBrowser(true, options.json === true))
    })
  terminal
    .command('forbid-browser')
    .description('forbid it again; terminals that browsers have open end at once')
    .option(...json)
    .action(async (options: JsonOption) => {
      const { allowInBrowser } = await import('../terminal/terminals.ts')
      finish(await allowInBrowser(false, options.json === true))
    })
  return terminal
}

const examples = `
Examples:
  moltbot terminal status           is it allowed in the browser?
  moltbot terminal allow-browser    allow it
  moltbot terminal forbid-browser   forbid it again, at once`
