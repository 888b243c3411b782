// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { Command } from 'commander'

export interface GetOptions {
  readonly raw?: true
  readonly json?: true
}
export interface SetOptions {
  readonly json?: true
  readonly string?: true
  readonly literal?: true
}
export interface PathOptions {
  readonly all?: true
  readonly json?: true
}
export interface JsonOption {
  readonly json?: true
}

export function configCommand(finish: (code: number) => void): Command {
  const config = new Command('config')
    .summary('see and change the configuration, key by key')
    .description(
      'Reads and changes moltbot.json and what it includes. A change touches nothing but its key: comments, ' +
        'order, quotes, ${NAME} and $include stay, and the former file is kept beside it (.bak.1 to .bak.5; a .bak is yours). ' +
        'All of it works with gateway and host down.',
    )
    .addHelpText('after', examples)
  const json = ['--json', 'print the result as JSON'] as const

  config
    .command('get')
    .description('show a value that is in force, or all of them; secrets are masked')
    .argument('[key]', 'as in gateway.port, agents.list[0].id, channels["a.b"].enabled')
    .option('--raw', 'as it is written in the files, with ${NAME}; also where they are not valid')
    .option(...json)
    .action(async (key: string | undefined, options: GetOptions) => {
      const { getConfig } = await import('../config/get-config.ts')
      finish(await getConfig(key, options))
    })
  config
    .command('set')
    .description('set a key in the file that says it; refused where the result would not be valid')
    .argument('<key>', 'as for get; list[] appends to a list')
    .argument('[value]', 'JSON5, else text; - reads it from standard input or asks without showing it')
    .option('--json', 'the value must be JSON5')
    .option('--string', 'the value is text, whatever it looks like')
    .option('--literal', 'it may stand where a ${NAME} stood, or be a secret (then only with -)')
    .action(async (key: string, value: string | undefined, options: SetOptions) => {
      const { setConfig } = await import('../config/set-config.ts')
      finish(await setConfig(key, value, options))
    })
  config
    .command('unset')
    .description('take a key out; also one that is not known, to mend a file')
    .argument('<key>')
    .option(...json)
    .action(async (key: string, options: JsonOption) => {
      const { unsetConfig } = await import('../config/unset-config.ts')
      finish(await unsetConfig(key, options))
    })
  config
    .command('validate')
    .description('name every problem with its line and column')
    .argument('[file]', 'another file than the live one')
    .option(...json)
    .action(async (file: string | undefined, options: JsonOption) => {
      const { validateConfig } = await import('../config/validate-config.ts')
      finish(await validateConfig(file, options))
    })
  config
    .command('path')
    .description('where the live file is')
    .option('--all', 'also state folder, .env, includes, what decided it, and files that do not count')
    .option(...json)
    .action(async (options: PathOptions) => {
      const { showConfigPath } = await import('../config/show-path.ts')
      finish(await showConfigPath(options))
    })
  config
    .command('schema')
    .description('what may stand at a key, or which keys there are')
    .argument('[key]')
    .option(...json)
    .action(async (key: string | undefined, options: JsonOption) => {
      const { showSchema } = await import('../config/show-schema.ts')
      finish(await showSchema(key, options))
    })
  return config
}

const examples = `
Examples:
  moltbot config get gateway.port
  moltbot config set logging.level debug
  moltbot config set messages.queue '{ mode: "collect", debounceMs: 1000, cap: 20 }'
  moltbot config set 'channels.whatsapp.allowFrom[]' +4915112345678 --string
  moltbot config set gateway.auth.token '\${CLAWDBOT_GATEWAY_TOKEN}'
  moltbot config unset gateway.bnd
  moltbot config validate && moltbot service restart
  moltbot config path --all
  moltbot config schema messages.queue

Exit codes:
  0 done   1 failed, not set, or refused   2 wrong usage   78 the configuration is not valid`
