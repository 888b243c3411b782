import { Command } from 'commander'

export interface JsonOption {
  readonly json?: true
}
export interface PassphraseOption extends JsonOption {
  readonly passphraseFile?: string
}

const passphraseHelp = 'a file with the passphrase, instead of asking for it; - reads standard input'

export function secretsCommand(finish: (code: number) => void): Command {
  const secrets = new Command('secrets')
    .summary('keep keys and tokens in the keychain, and see which there are')
    .description(
      'Keeps keys and tokens where only you can read them, and hands them to the gateway when it starts. No ' +
        'command shows a value. With no host running, the commands do the work by themselves.',
    )
    .addHelpText('after', examples)
  const json = ['--json', 'print the result as JSON'] as const

  secrets
    .command('list')
    .description('names, where each is kept, when it was changed, and what refers to it')
    .option(...json)
    .action(async (options: JsonOption) => {
      const { listSecrets } = await import('../secrets/list-secrets.ts')
      finish(await listSecrets(options))
    })
  secrets
    .command('set')
    .description('set a secret: asks for the value without showing it, or reads it from standard input')
    .argument('<name>', 'a name that the configuration can refer to: ANTHROPIC_API_KEY')
    // A value is taken in only to be refused: the parser's own message would show it once more.
    .argument('[nothing...]', 'no value here: every program of this machine could read it')
    .allowUnknownOption()
    .option(...json)
    .action(async (name: string, more: readonly string[], options: JsonOption) => {
      const { setSecret } = await import('../secrets/set-secret.ts')
      finish(await setSecret(name, more, options))
    })
  secrets
    .command('delete')
    .description('take a secret out of the store and out of .env')
    .argument('<name>')
    .option(...json)
    .action(async (name: string, options: JsonOption) => {
      const { deleteSecret } = await import('../secrets/change-secret.ts')
      finish(await deleteSecret(name, options))
    })
  secrets
    .command('move')
    .description('take a secret out of the readable .env and keep it in the store')
    .argument('<name>')
    .option(...json)
    .action(async (name: string, options: JsonOption) => {
      const { moveSecret } = await import('../secrets/change-secret.ts')
      finish(await moveSecret(name, options))
    })
  secrets
    .command('rotate-token')
    .description('make a fresh gateway token; a running gateway is started again with it')
    .option(...json)
    .action(async (options: JsonOption) => {
      const { rotateToken } = await import('../secrets/change-secret.ts')
      finish(await rotateToken(options))
    })
  secrets
    .command('check')
    .description('read every secret again, and say what is missing or cannot be read')
    .option(...json)
    .action(async (options: JsonOption) => {
      const { checkSecrets } = await import('../secrets/check-secrets.ts')
      finish(await checkSecrets(options))
    })
  secrets
    .command('store')
    .description('choose where secrets are kept; those there are go along')
    .argument('<place>', 'keychain; sealed-file: one file with a passphrase; or env-file: .env, readable')
    .option('--passphrase-file <file>', passphraseHelp)
    .option(...json)
    .action(async (place: string, options: PassphraseOption) => {
      const { chooseStore } = await import('../secrets/choose-store.ts')
      finish(await chooseStore(place, options))
    })
  secrets
    .command('unlock')
    .description('open the sealed file for as long as the running host runs')
    .option('--passphrase-file <file>', passphraseHelp)
    .option(...json)
    .action(async (options: PassphraseOption) => {
      const { unlockSecrets } = await import('../secrets/choose-store.ts')
      finish(await unlockSecrets(options))
    })
  return secrets
}

const examples = `
Examples:
  moltbot secrets set ANTHROPIC_API_KEY
  moltbot secrets set OPENAI_API_KEY < key.txt
  moltbot secrets check --json

Exit codes:
  0 done   1 failed, or check found something   2 wrong usage   3 no host is running (unlock)`
