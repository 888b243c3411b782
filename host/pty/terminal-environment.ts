import { childEnvironment, runMark } from '../child/child-environment.ts'

/** Of the terminal that the host itself was started in, and of a host's own. */
const notCarriedOn = new Set([
  'COLUMNS',
  'LINES',
  'MOLTBOT_SECRETS_FD',
  'STY',
  'TERMCAP',
  'TERM_PROGRAM',
  'TERM_PROGRAM_VERSION',
  'TERM_SESSION_ID',
  'TMUX',
  'TMUX_PANE',
  'VTE_VERSION',
  'WINDOW',
  'WINDOWID',
])

interface TerminalWorld {
  readonly shell: string
  /** Comes first in PATH. */
  readonly launcherFolder: string | null
  /** What no variable may have in it. */
  readonly secrets: readonly string[]
  /** Of this run of the host. */
  readonly nonce: string
  /** Of this terminal. */
  readonly id: string
}

/** The environment of a shell: the owner's, without secrets, and marked as ours. */
export function terminalEnvironment(env: NodeJS.ProcessEnv, world: TerminalWorld): NodeJS.ProcessEnv {
  const { shell, launcherFolder, secrets, nonce, id } = world
  const clean: NodeJS.ProcessEnv = {}
  for (const [name, value] of Object.entries(childEnvironment(env, { nonce, runId: id }))) {
    if (value === undefined || notCarriedOn.has(name)) continue
    if (secrets.some((secret) => secret !== '' && value.includes(secret))) continue
    clean[name] = value
  }
  const path = clean.PATH || '/usr/local/bin:/usr/bin:/bin'
  return {
    ...clean,
    PATH: launcherFolder === null ? path : `${launcherFolder}:${path}`,
    SHELL: shell,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
  }
}

/** What proves that a process was started in this terminal. */
export function terminalMark(nonce: string, id: string): { readonly name: string; readonly value: string } {
  return { name: runMark, value: `${nonce}.${id}` }
}
