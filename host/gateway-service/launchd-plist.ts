import { serviceNames } from '../../shared/gateway-service.ts'
import type { ServiceProgram } from './service-program.ts'
import { shownCommand } from './shown-command.ts'

/** Tells the gateway that launchd runs it, which restarts whatever does not exit with 0. */
export const launchdMark = { MOLTBOT_SERVICE: 'launchd' } as const

/**
 * The property list's text, without a secret. `logs`: folder of what it prints; the gateway's log proper is
 * elsewhere. A clean exit is not restarted; a failure is, at most each 30 s.
 */
export function launchdPlist({ file, args, environment }: ServiceProgram, logs: string): string {
  const variables = Object.entries({ ...environment, ...launchdMark })
  return [
    '<plist version="1.0">',
    '<dict>',
    ...entry('Label', string(serviceNames.launchd)),
    ...entry('ProgramArguments', array([file, ...args])),
    ...entry('EnvironmentVariables', dictionary(variables)),
    ...entry('RunAtLoad', '<true/>'),
    ...entry('KeepAlive', '<dict>\n    <key>SuccessfulExit</key>\n    <false/>\n  </dict>'),
    ...entry('ThrottleInterval', '<integer>30</integer>'),
    ...entry('ExitTimeOut', '<integer>8</integer>'),
    ...entry('StandardOutPath', string(`${logs}/gateway.log`)),
    ...entry('StandardErrorPath', string(`${logs}/gateway.err.log`)),
    '</dict>',
    '</plist>',
    '',
  ].join('\n')
}

/** To stand above it and above the line that says whose it is. */
export const plistHead =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'

/** What a property list of anybody's runs, as far as it is written in XML. */
export function readLaunchdPlist(
  text: string,
): Pick<ServiceProgram, 'environment'> & { command: string[]; runs: string } {
  const words = strings(between(text, 'ProgramArguments', 'array'))
  const inside = between(text, 'EnvironmentVariables', 'dict')
  const environment: Record<string, string> = {}
  for (const [, name = '', value = ''] of inside.matchAll(
    /<key>([^<]*)<\/key>\s*<string>([^<]*)<\/string>/g,
  )) {
    environment[fromXml(name)] = fromXml(value)
  }
  return { environment, command: words, runs: shownCommand(words) }
}

function entry(key: string, value: string): string[] {
  return [`  <key>${xmlText(key)}</key>`, `  ${value}`]
}

function string(text: string): string {
  return `<string>${xmlText(text)}</string>`
}

function array(words: readonly string[]): string {
  return `<array>\n${words.map((word) => `    ${string(word)}`).join('\n')}\n  </array>`
}

function dictionary(entries: readonly (readonly [string, string])[]): string {
  const lines = entries.flatMap(([key, value]) => [`    <key>${xmlText(key)}</key>`, `    ${string(value)}`])
  return `<dict>\n${lines.join('\n')}\n  </dict>`
}

export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function fromXml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function between(text: string, key: string, kind: string): string {
  return new RegExp(`<key>${key}</key>\\s*<${kind}>([^]*?)</${kind}>`).exec(text)?.[1] ?? ''
}

function strings(text: string): string[] {
  return [...text.matchAll(/<string>([^<]*)<\/string>/g)].map((match) => fromXml(match[1] ?? ''))
}
