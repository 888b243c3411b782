import { Command, CommanderError } from 'commander'
import { exitCode } from '../../shared/exit-codes.ts'
import { version } from '../../shared/version.ts'
import { backupCommand } from './commands/backup.ts'
import { gatewayCommand } from './commands/gateway.ts'
import { healthCommand } from './commands/health.ts'
import { hostCommand } from './commands/host.ts'
import { logsCommand } from './commands/logs.ts'
import { secretsCommand } from './commands/secrets.ts'
import { serviceCommand } from './commands/service.ts'

/**
 * Parses and runs one command line; resolves to the exit code. What a command needs is imported when it
 * runs, so that no command waits for another one's parts.
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  let code: number = exitCode.done
  const finish = (outcome: number) => {
    code = outcome
  }
  const program = new Command('moltbot')
    .description('Runs, watches and looks after a Moltbot gateway on this machine.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError()
    .addCommand(hostCommand(finish))
    .addCommand(gatewayCommand(finish))
    .addCommand(healthCommand(finish))
    .addCommand(serviceCommand(finish))
    .addCommand(logsCommand(finish))
    .addCommand(secretsCommand(finish))
    .addCommand(backupCommand(finish))
    .addHelpText('after', epilogue)
  throwInsteadOfExit(program)
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Commander has said what was wrong; help and version were asked for.
    return error.exitCode === 0 ? exitCode.done : exitCode.wrongUsage
  }
}

/** Commander's own exits use codes that mean something else here. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride()
  for (const child of command.commands) throwInsteadOfExit(child)
}

const epilogue = `
Examples:
  moltbot host               start the gateway, keep it running, and open its page
  moltbot service status     state, uptime, memory and CPU of the gateway
  moltbot service restart    restart it and wait until it is ready again
  moltbot health --json      the gateway's own health answer, for scripts
  moltbot logs --follow      the gateway's log, line by line
  moltbot secrets set NAME   keep a key or token in the keychain
  moltbot backup create      an encrypted backup of the state

Exit codes:
  0 done   1 failed   2 wrong usage   3 not reachable   78 bad configuration`
