import type { LoginProgram } from './login-program.ts'

const env = '/usr/bin/env'

/**
 * Desktop entries by the specification: an argument of `Exec` with a reserved character stands in double
 * quotes, `"`, backtick, `$` and `\` have a backslash there, `%` is doubled; and then all of it is escaped once
 * more as a string value, so that one `\` of a path is four in the file.
 */
export function desktopEntry(program: LoginProgram): string {
  const { file, args, opens } = program
  const comment =
    opens === 'app'
      ? ['Opens Moltbot in the tray at login', '登录时在托盘中启动 Moltbot']
      : ['Starts Moltbot in the background at login', '登录时在后台启动 Moltbot']
  // GLib looks for a program by its path before it makes one `%` of two.
  const words = file.includes('%') ? [env, file, ...args] : [file, ...args]
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.0',
    'Name=Moltbot',
    `Comment=${comment[0]}`,
    `Comment[zh_CN]=${comment[1]}`,
    `Exec=${stringValue(words.map(quoteArgument).join(' '))}`,
    `TryExec=${stringValue(file)}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    `X-Moltbot-Opens=${opens}`,
    '',
  ].join('\n')
}

const reserved = /[\s"'\\><~|&;$*?#()`]/

function quoteArgument(word: string): string {
  const plain = word.replaceAll('%', '%%')
  if (word !== '' && !reserved.test(word)) return plain
  return `"${plain.replace(/["`$\\]/g, '\\$&')}"`
}

function stringValue(text: string): string {
  return text.replaceAll('\\', '\\\\')
}

/** The keys of its `[Desktop Entry]` group, as written; the first of equal ones counts. */
export function readDesktopEntry(text: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  let isInside = false
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('[')) isInside = line.trim() === '[Desktop Entry]'
    const [, key, value] = /^([A-Za-z0-9-]+(?:\[[^\]]*\])?)\s*=\s*(.*)$/.exec(line) ?? []
    if (isInside && key !== undefined && value !== undefined && !keys.has(key)) keys.set(key, value)
  }
  return keys
}

/** The words that `Exec` starts, whoever wrote it; field codes, which stand for files to open, are dropped. */
export function readExec(value: string): string[] {
  const line = value.replace(
    /\\(.)/g,
    (_all, char: string) => ({ s: ' ', n: '\n', t: '\t', r: '\r' })[char] ?? char,
  )
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1'),
  )
  const started = words.filter((word) => !/^%[a-zA-Z]$/.test(word)).map((word) => word.replaceAll('%%', '%'))
  return started[0] === env && started[1]?.startsWith('/') ? started.slice(1) : started
}

/** Whether a desktop session would start it: neither hidden, nor switched off, nor meant for other desktops. */
export function isStarted(keys: ReadonlyMap<string, string>, currentDesktop: string | undefined): boolean {
  if (keys.get('Hidden') === 'true' || keys.get('X-GNOME-Autostart-enabled') === 'false') return false
  const desktops = (currentDesktop ?? '').split(':').filter((name) => name !== '')
  if (desktops.length === 0) return true // nobody says which: what the entry says of desktops decides nothing
  const listed = (key: string) => (keys.get(key) ?? '').split(';').some((name) => desktops.includes(name))
  return !listed('NotShowIn') && (!keys.has('OnlyShowIn') || listed('OnlyShowIn'))
}

/** Whether only switches were changed since one of us wrote it: other edits are somebody's work. */
export function isUnedited(text: string): boolean {
  const keys = readDesktopEntry(text)
  const [file, ...args] = readExec(keys.get('Exec') ?? '')
  const opens = keys.get('X-Moltbot-Opens')
  if (file === undefined || (opens !== 'app' && opens !== 'host')) return false
  return withoutSwitches(text) === withoutSwitches(desktopEntry({ file, args, opens }))
}

function withoutSwitches(text: string): string {
  return text.replace(/^(?:Hidden|X-GNOME-Autostart-enabled)=.*\n?/gm, '')
}
