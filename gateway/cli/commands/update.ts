import { Argument, Command, Option } from 'commander'
import { type AppChannel, appChannels } from '../../../shared/updates.ts'

export interface JsonOption {
  readonly json?: true
}
export interface UpdateOptions extends JsonOption {
  readonly check?: true
  readonly to?: string
  readonly yes?: true
}
export interface RemoveOptions extends JsonOption {
  readonly yes?: true
}

export function updateCommand(finish: (code: number) => void): Command {
  const json = ['--json', 'print the result as JSON'] as const
  const update = new Command('update')
    .summary('update the application and the gateway, or go back to a former gateway')
    .description(
      'Looks for a newer application and a newer gateway, and installs them once you have said yes. A gateway is ' +
        'installed beside the one in use; where it is not well, the former one is back within a minute or two.',
    )
    .option('--check', 'only look, and change nothing')
    .option('--to <version>', 'this version of the followed package, also an older one')
    .option('--yes', 'do not ask')
    .option(...json)
    .addHelpText('after', examples)
    .action(async (options: UpdateOptions) => {
      const { runUpdate } = await import('../update/run-update.ts')
      finish(await runUpdate(options))
    })

  update
    .command('status')
    .description('show what is used, and what was found last')
    .option(...json)
    .action(async (_: JsonOption, command: Command) => {
      const { showUpdates } = await import('../update/show-updates.ts')
      finish(await showUpdates(allOf(command)))
    })
  update
    .command('list')
    .description('show the installed gateways; * is the one in use')
    .option(...json)
    .action(async (_: JsonOption, command: Command) => {
      const { listGateways } = await import('../update/list-gateways.ts')
      finish(await listGateways(allOf(command)))
    })
  update
    .command('follow')
    .description('take gateways from this npm package, for instance clawdbot or openclaw')
    .argument('<package>', 'its name; none: only the gateway that is built in')
    .option(...json)
    .action(async (name: string, _: JsonOption, command: Command) => {
      const { changeUpdates } = await import('../update/change-updates.ts')
      finish(await changeUpdates({ followed: name === 'none' ? null : name }, allOf(command)))
    })
  update
    .command('use')
    .description('switch to an installed gateway, and back where it is not well')
    .argument('<id>', 'as `update list` shows it; built-in is the one that came with this program')
    .option(...json)
    .action(async (id: string, _: JsonOption, command: Command) => {
      const { useGateway } = await import('../update/use-gateway.ts')
      finish(await useGateway(id, allOf(command)))
    })
  update
    .command('remove')
    .description('remove an installed gateway that is not in use')
    .argument('<id>', 'as `update list` shows it')
    .option('--yes', 'do not ask')
    .option(...json)
    .action(async (id: string, _: RemoveOptions, command: Command) => {
      const { removeGateway } = await import('../update/remove-gateway.ts')
      finish(await removeGateway(id, allOf(command)))
    })
  update
    .command('skip')
    .description('say nothing more of a version; none: say it again')
    .argument('<version>', 'as it is offered')
    .addOption(new Option('--of <what>', 'whose').choices(['gateway', 'app']).default('gateway'))
    .option(...json)
    .action(async (version: string, { of }: { of: 'gateway' | 'app' }, command: Command) => {
      const { skipUpdate } = await import('../update/change-updates.ts')
      finish(await skipUpdate(of, version === 'none' ? null : version, allOf(command)))
    })
  update
    .command('channel')
    .description('choose between released versions and those before a release')
    .addArgument(new Argument('<channel>').choices(appChannels))
    .option(...json)
    .action(async (channel: AppChannel, _: JsonOption, command: Command) => {
      const { changeUpdates } = await import('../update/change-updates.ts')
      finish(await changeUpdates({ channel }, allOf(command)))
    })
  update
    .command('automatic')
    .description('look once a day by itself, or not')
    .addArgument(new Argument('<state>').choices(['on', 'off']))
    .option(...json)
    .action(async (state: 'on' | 'off', _: JsonOption, command: Command) => {
      const { changeUpdates } = await import('../update/change-updates.ts')
      finish(await changeUpdates({ automatic: state === 'on' }, allOf(command)))
    })
  return update
}

/** Commander takes `--json` and `--yes` for those of `update` itself, wherever they stand. */
function allOf(command: Command): RemoveOptions {
  return command.optsWithGlobals()
}

const examples = `
Examples:
  moltbot update follow clawdbot    take gateways from this npm package from now on
  moltbot update                    the newest version, once you have said yes
  moltbot update --to 2026.1.24-3   exactly this version, also an older one
  moltbot update use built-in       back to the gateway that came with this program
  moltbot update status --json      what is used and what was found, for scripts

Exit codes:
  0 done   1 failed, taken back, or not confirmed   2 wrong usage   3 the host is not reachable`
