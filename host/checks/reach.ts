import { spawn } from 'node:child_process'

const limitMs = 2_000
const silentMs = 10_000
export const reachSeconds = limitMs / 1000

/**
 * Whether a folder answers at all. One on a network that is gone holds whoever asks for as long as it is silent,
 * and a thread of Node that is held keeps even its process from ending: a process of its own asks, and is ended.
 * While it cannot be ended, and for a while after, nobody asks again.
 */
export class Reach {
  readonly #waiting = new Map<string, Promise<boolean>>()
  readonly #ask: (path: string) => Promise<unknown>
  readonly #limitMs: number

  constructor(ask: (path: string) => Promise<unknown> = askOutside, limit = limitMs) {
    this.#ask = ask
    this.#limitMs = limit
  }

  /** That there is nothing is an answer too. */
  async answers(path: string): Promise<boolean> {
    let asked = this.#waiting.get(path)
    if (!asked) {
      asked = this.#ask(path).then(
        (said) => said !== silent,
        () => true,
      )
      this.#waiting.set(path, asked)
      const forget = () => this.#waiting.delete(path)
      // One run asks several times: each would wait as long as the first.
      void asked.then((isAnswer) => (isAnswer ? forget() : setTimeout(forget, silentMs).unref()))
    }
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), this.#limitMs)
    })
    return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer))
  }
}

const silent = Symbol('silent')

function askOutside(path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', 'test -e "$0"', path], {
      stdio: 'ignore',
      env: {},
      timeout: limitMs,
      killSignal: 'SIGKILL',
    })
    child.unref()
    child.once('error', reject)
    child.once('exit', (_code, signal) => resolve(signal === null ? null : silent))
  })
}
