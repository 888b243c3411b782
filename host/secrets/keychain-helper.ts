import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Clock } from '../clock.ts'
import {
  type KeychainAnswer,
  type KeychainCall,
  type KeychainFailure,
  keychainAnswerSchema,
} from './keychain-message.ts'

export type HelperAnswer =
  | { readonly ok: true; readonly value: string | boolean | null }
  | ({ readonly ok: false } & Pick<KeychainFailure, 'state' | 'detail'>)

interface HelperParts {
  readonly nodePath: string
  readonly scriptPath: string
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  waiting(isWaiting: boolean): void
}

/** From when on a silent keychain is said to be waiting for somebody. */
export const waitingAfterMs = 2_000
/** A person may be typing the password of the keychain. */
const callLimitMs = 120_000
const idleMs = 5_000
/** After its stdin ended, until it is killed. */
const endLimitMs = 500

/**
 * The process that speaks to the keychain, started at the first call and ended when it is idle. Whatever the
 * keychain does, only that process waits for it; one that hangs is killed, and one that dies fails its calls
 * at once.
 */
export class KeychainHelper {
  readonly #parts: HelperParts
  readonly #calls = new Map<number, { settle(answer: HelperAnswer): void }>()
  /** Those that still run; only the one that takes calls is {@link #child}. */
  readonly #running = new Set<ChildProcess>()
  #child: ChildProcess | null = null
  #isClosed = false
  #nextId = 1
  #cancelIdle = () => {}
  /** Calls that have waited for longer than {@link waitingAfterMs}. */
  #late = 0

  constructor(parts: HelperParts) {
    this.#parts = parts
  }

  call(call: KeychainCall, limitMs = callLimitMs): Promise<HelperAnswer> {
    const { clock } = this.#parts
    if (this.#isClosed) return Promise.resolve({ ok: false, state: 'failed', detail: 'the host is closing' })
    const id = this.#nextId
    this.#nextId += 1
    this.#cancelIdle()
    return new Promise((resolve) => {
      let isLate = false
      const cancelWaiting = clock.after(waitingAfterMs, () => {
        isLate = true
        this.#changeLate(1)
      })
      const cancelLimit = clock.after(limitMs, () => {
        // It may hang in the library for good; the next call starts another one.
        const hung = this.#child
        if (!hung) return
        this.#lost(hung, `no answer for ${limitMs / 1000} s`)
        hung.kill('SIGKILL')
      })
      const settle = (answer: HelperAnswer) => {
        if (!this.#calls.delete(id)) return
        cancelWaiting()
        cancelLimit()
        if (isLate) this.#changeLate(-1)
        if (this.#calls.size === 0) this.#cancelIdle = clock.after(idleMs, () => this.#dismiss())
        resolve(answer)
      }
      this.#calls.set(id, { settle })
      this.#child ??= this.#start()
      this.#child.stdin?.write(`${JSON.stringify({ ...call, id })}\n`)
    })
  }

  /** Resolves when no process of ours is left; later calls fail. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#cancelIdle()
    this.#dismiss()
    const gone = [...this.#running].map((child) => new Promise((resolve) => child.once('close', resolve)))
    const cancelKill = this.#parts.clock.after(endLimitMs, () => {
      for (const child of this.#running) child.kill('SIGKILL')
    })
    await Promise.all(gone)
    cancelKill()
  }

  /** It ends with its stdin; the next call starts another one. */
  #dismiss(): void {
    const child = this.#child
    if (!child) return
    child.stdin?.end()
    this.#lost(child, 'the process for the keychain was ended')
  }

  #start(): ChildProcess {
    const { nodePath, scriptPath, env } = this.#parts
    // Values go through the pipe: anybody on this machine may read argv.
    const child = spawn(nodePath, [scriptPath], { cwd: '/', env, stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdin?.on('error', () => {}) // it is gone, which `close` tells
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => this.#heard(line))
    this.#running.add(child)
    child.once('error', (error) => {
      if (child.pid === undefined) this.#running.delete(child)
      this.#lost(child, error.message)
    })
    child.once('close', (code, signal) => {
      this.#running.delete(child)
      this.#lost(child, `the process for the keychain ended (${signal ?? `code ${code}`})`)
    })
    return child
  }

  #heard(line: string): void {
    const answer: KeychainAnswer = keychainAnswerSchema.parse(JSON.parse(line))
    this.#calls.get(answer.id)?.settle(answer)
  }

  #lost(child: ChildProcess, detail: string): void {
    if (this.#child !== child) return
    this.#child = null
    for (const { settle } of [...this.#calls.values()]) settle({ ok: false, state: 'failed', detail })
  }

  #changeLate(by: 1 | -1): void {
    const before = this.#late
    this.#late += by
    if (before === 0 || this.#late === 0) this.#parts.waiting(this.#late > 0)
  }
}
