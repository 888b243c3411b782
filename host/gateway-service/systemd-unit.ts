import type { ServiceProgram } from './service-program.ts'
import { shownCommand } from './shown-command.ts'
import { quoteArgument, quoteAssignment, quoteProgram, splitWords } from './systemd-quoting.ts'

const env = '/usr/bin/env'

/**
 * The unit's text; null where systemd could not run such a path. No secret is in it: the gateway reads them
 * itself. `/tmp` stays shared, since its log is there; exit 78 is a configuration that no retry mends.
 */
export function systemdUnit({ file, args, environment }: ServiceProgram): string | null {
  const command = commandOf(file, args)
  if (command === null) return null
  return [
    '[Unit]',
    'Description=Moltbot gateway',
    'Wants=network-online.target',
    'After=network-online.target',
    'StartLimitIntervalSec=120',
    'StartLimitBurst=5',
    '',
    '[Service]',
    'Type=exec',
    `ExecStart=${command}`,
    ...Object.entries(environment).map(([name, value]) => `Environment=${quoteAssignment(name, value)}`),
    'Restart=on-failure',
    'RestartSec=1',
    'RestartPreventExitStatus=78',
    // It closes in order within 4 s; what it started gets the rest.
    'KillMode=mixed',
    'TimeoutStopSec=8',
    'NoNewPrivileges=yes',
    'SyslogIdentifier=moltbot-gateway',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n')
}

/** What systemd does not take as a program, env(1) does, and leaves no process of its own behind. */
function commandOf(file: string, args: readonly string[]): string | null {
  const program = quoteProgram(file)
  const words = args.map(quoteArgument)
  if (program !== null) return [program, ...words].join(' ')
  return file.includes('=') ? null : [env, quoteArgument(file), ...words].join(' ')
}

/** What a unit of anybody's runs, as far as it says so. */
export function readSystemdUnit(
  text: string,
): Pick<ServiceProgram, 'environment'> & { command: string[]; runs: string } {
  const values = (key: string) =>
    [...text.matchAll(new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*((?:\\\\\\n|.)*)$`, 'gm'))].map((match) =>
      (match[1] ?? '').replaceAll('\\\n', ' '),
    )
  const environment: Record<string, string> = {}
  for (const word of values('Environment').flatMap(splitWords)) {
    const at = word.indexOf('=')
    if (at > 0) environment[word.slice(0, at)] = word.slice(at + 1)
  }
  const words = splitWords(values('ExecStart').at(-1) ?? '')
  const [first, ...others] = words.map((word) => word.replaceAll('$$', '$'))
  // env(1) is only the way to it.
  const command = first === undefined || first === env ? others : [first, ...others]
  return { environment, command, runs: shownCommand(command) }
}
