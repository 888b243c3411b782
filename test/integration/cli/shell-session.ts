import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { spawn } from '@lydell/node-pty'

export function findShell(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((at) => join(at, name)).find((file) => existsSync(file)) ?? null
}

/** What is sent as the Tab key. */
export const tab = '\t'

interface Session {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Record<string, string>
  readonly cwd: string
  readonly lines: readonly string[]
  /** What is typed once each of these was shown, and that much more has happened. */
  readonly answers?: Readonly<Record<string, string | (() => Promise<string>)>>
}

/**
 * Types `lines` into a real interactive shell on a real terminal, each followed by Enter, waits until the last one,
 * which must print `the end`, has, and gives all that it showed.
 */
export function typeInto({ file, args, env, cwd, lines, answers = {} }: Session): Promise<string> {
  const shell = spawn(file, [...args], { env, cwd, cols: 200, rows: 50, name: 'xterm' })
  return new Promise((resolve, reject) => {
    let shown = ''
    let next = 0
    const waiting = new Map(Object.entries(answers))
    const answerOf = async (answer: (typeof answers)[string]) =>
      typeof answer === 'string' ? answer : answer()
    const timer = setTimeout(() => {
      shell.kill('SIGKILL')
      reject(new Error(`The shell stopped at line ${next}: ${JSON.stringify(shown)}`))
    }, 15_000)
    shell.onData((piece) => {
      shown += piece
      // One line after the other, when there is a prompt for it: what is typed ahead may be taken for something else.
      const prompts = shown.split('READY> ').length - 1
      if (next < lines.length && next < prompts) {
        shell.write(`${lines[next]}\r`)
        next += 1
      }
      for (const [question, answer] of waiting) {
        if (!shown.includes(question)) continue
        waiting.delete(question)
        void answerOf(answer).then((text) => shell.write(`${text}\r`), reject)
      }
      if (/^the end/m.test(shown.replaceAll('\r', '\n'))) {
        clearTimeout(timer)
        shell.kill('SIGHUP')
      }
    })
    shell.onExit(() => {
      clearTimeout(timer)
      resolve(shown)
    })
  })
}
