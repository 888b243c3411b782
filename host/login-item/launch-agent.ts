import { mkdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Problem, problem } from '../../shared/problem.ts'
import { readTextFile } from '../config/read-text-file.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { keepBeside } from '../files/keep-beside.ts'
import { plistHead, readLaunchdPlist, xmlText } from '../gateway-service/launchd-plist.ts'
import type { LoginItem, LoginItemFound } from './login-item.ts'
import { type LoginProgram, whyNotStartable } from './login-program.ts'

/** Not the gateway's: this is the host, which looks after it. */
const label = 'bot.molt.desktop.host'

interface LaunchAgentParts {
  readonly home: string
  readonly program: LoginProgram
}

/**
 * A host without a desktop application, opened by launchd at login. The file alone decides, from the next
 * login on: nothing is started or ended now, and a host that its owner quits stays quit.
 */
export function launchAgent({ home, program }: LaunchAgentParts): LoginItem {
  const path = join(home, 'Library', 'LaunchAgents', `${label}.plist`)
  const why = whyNotStartable(program)
  const unsupported = why === null ? null : problem('LOGIN_ITEM_UNSUPPORTED', { detail: why })
  const ours = agentFile(program)
  const look = async (): Promise<{ found: LoginItemFound; text: string | null }> => {
    const read = await readTextFile(path)
    if (!read.ok) {
      const detail = 'detail' in read.params ? read.params.detail : 'it is not a file'
      return { found: { state: 'off', path, problem: notWritten(path, detail) }, text: null }
    }
    const { text } = read
    if (text === null || text === ours) {
      return { found: { state: text === null ? 'off' : 'on', path, problem: null }, text }
    }
    const { runs } = readLaunchdPlist(text)
    const found = problem('LOGIN_ITEM_FOREIGN', { path, runs })
    return { found: { state: 'foreign', path, problem: found }, text }
  }
  return {
    opens: program.opens,
    look: async () =>
      unsupported ? { state: 'unsupported', path, problem: unsupported } : (await look()).found,
    async change(on, replace) {
      if (unsupported) return unsupported
      const { found, text } = await look()
      if (found.problem && !(found.state === 'foreign' && replace)) return found.problem
      try {
        if (text !== null && text !== ours) await keepBeside(path)
        if (on && text !== ours) {
          await mkdir(dirname(path), { recursive: true, mode: 0o700 })
          await writeFileAtomically(path, ours, 0o644)
        } else if (!on && text === ours) await unlink(path)
        return null
      } catch (error) {
        return notWritten(path, (error as NodeJS.ErrnoException).code ?? String(error))
      }
    },
  }
}

function agentFile({ file, args }: LoginProgram): string {
  const words = [file, ...args].map((word) => `    <string>${xmlText(word)}</string>`)
  const body = [
    '<plist version="1.0">',
    '<dict>',
    '  <key>Label</key>',
    `  <string>${label}</string>`,
    '  <key>ProgramArguments</key>',
    '  <array>',
    ...words,
    '  </array>',
    '  <key>RunAtLoad</key>',
    '  <true/>',
    '</dict>',
    '</plist>',
    '',
  ].join('\n')
  return plistHead + body
}

function notWritten(path: string, detail: string): Problem {
  return problem('LOGIN_ITEM_NOT_WRITTEN', { path, detail })
}
