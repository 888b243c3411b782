import { Command } from 'commander'

interface LoginItemOptions {
  readonly replace?: true
  readonly json?: true
}

const actions = {
  status: 'whether a login opens Moltbot, read from the operating system',
  enable: 'open Moltbot at login',
  disable: 'no longer open Moltbot at login',
} as const

export function loginItemCommand(finish: (code: number) => void): Command {
  const command = new Command('login-item')
    .summary('launch at login: status, enable, disable')
    .description(
      'Shows and changes whether Moltbot is opened when you sign in. While the desktop application runs, that ' +
        'is the application; otherwise it is a host without a window.',
    )
    .addHelpText('after', examples)
  for (const action of ['status', 'enable', 'disable'] as const) {
    const child = command
      .command(action)
      .description(actions[action])
      .option('--json', 'print the result as JSON')
      .action(async (options: LoginItemOptions) => {
        const { changeLoginItem } = await import('../startup/change-login-item.ts')
        finish(await changeLoginItem(action, options))
      })
    if (action !== 'status') {
      child.option('--replace', 'also an entry that is not ours; it is kept beside as .bak')
    }
  }
  return command
}

const examples = `
Examples:
  moltbot login-item status --json
  moltbot login-item enable
  moltbot login-item disable

Exit codes:
  0 done   1 failed`
