import { Command, CommanderError } from 'commander'
import { exitCode } from '../../shared/exit-codes.ts'
import { version } from '../../shared/version.ts'
import { backupCommand } from './commands/backup.ts'
import { channelsCommand } from './commands/channels.ts'
import { completionCommand } from './commands/completion.ts'
import { configCommand } from './commands/config.ts'
import { doctorCommand } from './commands/doctor.ts'
import { gatewayCommand } from './commands/gateway.ts'
import { healthCommand } from './commands/health.ts'
import { hostCommand } from './commands/host.ts'
import { installCliCommand } from './commands/install-cli.ts'
import { loginItemCommand } from './commands/login-item.ts'
import { logsCommand } from './commands/logs.ts'
import { secretsCommand } from './commands/secrets.ts'
import { securityCommand } from './commands/security.ts'
import { daemonCommand, serviceCommand } from './commands/service.ts'
import { sessionsCommand } from './commands/sessions.ts'
import { statusCommand } from './commands/status.ts'
import { terminalCommand } from './commands/terminal.ts'
import { uninstallCommand } from './commands/uninstall.ts'
import { updateCommand } from './commands/update.ts'
import { narrowHelp } from './narrow-help.ts'
import { outliveReaders } from './outlive-readers.ts'

const groups = {
  gateway: 'The gateway:',
  choices: 'What is yours to choose:',
  care: 'Care:',
  program: 'This program:',
} as const

/** The whole command line. What a command needs is imported when it runs, so that none waits for another one's parts. */
export function buildProgram(finish: (code: number) => void): Command {
  const program = new Command('moltbot')
    .description('Runs, watches and looks after a Moltbot gateway on this machine.')
    .usage('[--profile <name>] <command> [options]')
    .version(version, '-V, --version', 'print the version')
    .option('--profile <name>', 'another state, log and host: ~/.clawdbot-<name>; ahead of the command')
    .option('--dev', 'the profile dev, with its gateway on port 19001; ahead of the command')
    .option('--no-color', 'no colours on a terminal; also NO_COLOR=1')
    .helpOption('-h, --help', 'print this help')
    .addHelpCommand(helpCommand())
    .enablePositionalOptions() // "gateway --dev" is another matter
    .commandsGroup(groups.gateway)
    .addCommand(hostCommand(finish))
    .addCommand(statusCommand(finish))
    .addCommand(healthCommand(finish))
    .addCommand(serviceCommand(finish))
    .addCommand(daemonCommand(finish), { hidden: true })
    .addCommand(gatewayCommand(finish))
    .addCommand(logsCommand(finish))
    .addCommand(channelsCommand(finish))
    .addCommand(sessionsCommand(finish))
    .commandsGroup(groups.choices)
    .addCommand(configCommand(finish))
    .addCommand(secretsCommand(finish))
    .addCommand(loginItemCommand(finish))
    .addCommand(terminalCommand(finish))
    .commandsGroup(groups.care)
    .addCommand(doctorCommand(finish))
    .addCommand(securityCommand(finish))
    .addCommand(backupCommand(finish))
    .addCommand(updateCommand(finish))
    .commandsGroup(groups.program)
    .addCommand(installCliCommand(finish))
    .addCommand(completionCommand(finish))
    .addCommand(uninstallCommand(finish))
    .addHelpText('after', epilogue)
  prepare(program, 'moltbot')
  return program
}

/** Parses and runs one command line; resolves to the exit code. */
export async function runProgram(args: readonly string[]): Promise<number> {
  let code: number = exitCode.done
  const program = buildProgram((outcome) => {
    code = outcome
  })
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

function helpCommand(): Command {
  return new Command('help')
    .argument('[command]')
    .summary('print the help of a command')
    .helpOption(false)
    .helpGroup(groups.program)
}

/** Commander's own exits use codes that mean something else here; and each mistake is told where to read more. */
function prepare(command: Command, path: string): void {
  command.exitOverride().configureHelp(narrowHelp).showHelpAfterError(`See: ${path} --help`)
  for (const child of command.commands) prepare(child, `${path} ${child.name()}`)
}

const epilogue = `
Examples:
  moltbot host               run a gateway, keep it running, and open its page
  moltbot status             the gateway and all around it, on one screen
  moltbot service restart    restart it and wait until it is ready again
  moltbot service install    have the system run it, also while no host does
  moltbot health --json      the gateway's own health answer, for scripts
  moltbot logs --follow      the gateway's log, line by line
  moltbot secrets set NAME   keep a key or token in the keychain
  moltbot backup create      an encrypted backup of the state
  moltbot doctor --fix       find trouble, and mend what is safe to mend
  moltbot update             the newest application and gateway, if you say yes
  moltbot install-cli        have your shell find \`moltbot\` from any folder

Exit codes:
  0 done             1 failed                   2 wrong usage
  3 not reachable    4 findings, --strict       78 bad configuration`
