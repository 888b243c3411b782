import { existsSync } from 'node:fs'
import { lstat, mkdir, readlink, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Problem, problem } from '../../shared/problem.ts'
import { readTextFile } from '../config/read-text-file.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { keepBeside } from '../files/keep-beside.ts'
import { shownCommand } from '../gateway-service/shown-command.ts'
import { desktopEntry, isStarted, isUnedited, readDesktopEntry, readExec } from './desktop-entry.ts'
import type { LoginItem, LoginItemFound } from './login-item.ts'
import { type LoginProgram, whyNotStartable } from './login-program.ts'

/** As the installed desktop entry, so that desktops show both as one application. */
const entryName = 'bot.molt.MoltbotDesktop.desktop'

interface XdgAutostartParts {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly program: LoginProgram
}

/** The entry in the user's autostart folder, by the specification that every Linux desktop follows. */
export function xdgAutostart({ env, home, program }: XdgAutostartParts): LoginItem {
  // Relative paths are to be ignored there.
  const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : join(home, '.config')
  const path = join(config, 'autostart', entryName)
  const why = whyNotStartable(program)
  const unsupported = why === null ? null : problem('LOGIN_ITEM_UNSUPPORTED', { detail: why })
  const look = () => lookAt(path, program, env.XDG_CURRENT_DESKTOP)
  return {
    opens: program.opens,
    look: async () =>
      unsupported ? { state: 'unsupported', path, problem: unsupported } : (await look()).found,
    async change(on, replace) {
      if (unsupported) return unsupported
      const { found, text } = await look()
      if (found.problem && !(found.state === 'foreign' && replace)) return found.problem
      try {
        const isForeign = found.state === 'foreign'
        if (on) await turnOn(path, program, text, isForeign)
        else await turnOff(path, text, isForeign)
      } catch (error) {
        return notWritten(path, (error as NodeJS.ErrnoException).code ?? String(error))
      }
      const { found: now } = await look()
      if (now.problem) return now.problem
      return now.state === (on ? 'on' : 'off') ? null : notWritten(path, 'it does not read back as written')
    },
  }
}

interface Look {
  readonly found: LoginItemFound
  /** What stands there; null for nothing, `link` for a link, which is never read through. */
  readonly text: string | null | 'link'
}

async function lookAt(
  path: string,
  program: LoginProgram,
  currentDesktop: string | undefined,
): Promise<Look> {
  const target = await linkTarget(path)
  if (target !== null) return { found: foreign(path, `→ ${target}`), text: 'link' }
  const read = await readTextFile(path)
  if (!read.ok) {
    const detail = 'detail' in read.params ? read.params.detail : 'it is not a file'
    return { found: { state: 'off', path, problem: notWritten(path, detail) }, text: null }
  }
  const { text } = read
  if (text === null) return { found: { state: 'off', path, problem: null }, text }
  const keys = readDesktopEntry(text)
  const words = readExec(keys.get('Exec') ?? '')
  const isOurs = words.join('\0') === [program.file, ...program.args].join('\0')
  if (isOurs) {
    return { found: { state: isStarted(keys, currentDesktop) ? 'on' : 'off', path, problem: null }, text }
  }
  // Ours, of a copy that is no longer there: an AppImage that was moved, say.
  const isLeftover = isUnedited(text) && words[0] !== undefined && !existsSync(words[0])
  return {
    found: isLeftover ? { state: 'off', path, problem: null } : foreign(path, shownCommand(words)),
    text,
  }
}

async function turnOn(
  path: string,
  program: LoginProgram,
  text: Look['text'],
  isForeign: boolean,
): Promise<void> {
  const entry = desktopEntry(program)
  if (text === entry) return
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  if (text !== null && (isForeign || !isUnedited(text))) await keepBeside(path)
  await writeFileAtomically(path, entry, 0o644)
}

async function turnOff(path: string, text: Look['text'], isForeign: boolean): Promise<void> {
  if (text === null) return
  if (!isForeign && isUnedited(text)) await unlink(path)
  else await keepBeside(path)
}

function foreign(path: string, runs: string): LoginItemFound {
  return { state: 'foreign', path, problem: problem('LOGIN_ITEM_FOREIGN', { path, runs }) }
}

function notWritten(path: string, detail: string): Problem {
  return problem('LOGIN_ITEM_NOT_WRITTEN', { path, detail })
}

async function linkTarget(path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null)
  return found?.isSymbolicLink() ? readlink(path) : null
}
