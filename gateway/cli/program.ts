import { Command, CommanderError } from 'commander'
import { exitCode } from '../../shared/exit-codes.ts'
import { version } from '../../shared/version.ts'
import { backupCommand } from './commands/backup.ts'
import { doctorCommand } from './commands/doctor.ts'
import { gatewayCommand } from './commands/gateway.ts'
import { healthCommand } from './commands/health.ts'
import { hostCommand } from './commands/host.ts'
import { loginItemCommand } from './commands/login-item.ts'
import { logsCommand } from './commands/logs.ts'
import { secretsCommand } from './commands/secrets.ts'
import { securityCommand } from './commands/security.ts'
import { daemonCommand, serviceCommand } from './commands/service.ts'
import { terminalCommand } from './commands/terminal.ts'
import { updateCommand } from './commands/update.ts'
import { outliveReaders } from './outlive-readers.ts'

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
    .addCommand(daemonCommand(finish), { hidden: true })
    .addCommand(loginItemCommand(finish))
    .addCommand(logsCommand(finish))
    .addCommand(secretsCommand(finish))
    .addCommand(backupCommand(finish))
    .addCommand(doctorCommand(finish))
    .addCommand(securityCommand(finish))
    .addCommand(terminalCommand(finish))
    .addCommand(updateCommand(finish))
    .addHelpText('after', epilogue)
  throwInsteadOfExit(program)
  outliveReaders()
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
  moltbot service install    have the system run it, also while no host does
  moltbot health --json      the gateway's own health answer, for scripts
  moltbot logs --follow      the gateway's log, line by line
  moltbot secrets set NAME   keep a key or token in the keychain
  moltbot backup create      an encrypted backup of the state
  moltbot doctor --fix       find trouble, and mend what is safe to mend
  moltbot update             the newest application and gateway, once you have said yes

Exit codes:
  0 done   1 failed   2 wrong usage   3 not reachable   4 findings, with --strict   78 bad configuration`
