import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { type Problem, problem } from '../../shared/problem.ts'
import { type TerminalEnded, type TerminalOutput, terminalWindowBytes } from '../../shared/terminals.ts'
import type { Clock } from '../clock.ts'
import type { StreamMasker } from '../masking/mask-stream.ts'
import type { Shell } from './find-shell.ts'
import { outputFd, readFact, type TerminalOrder } from './terminal-message.ts'
import type { TerminalSize } from './terminal-size.ts'

interface TerminalParts {
  readonly id: string
  readonly clock: Clock
  readonly nodePath: string
  readonly scriptPath: string
  readonly env: NodeJS.ProcessEnv
  readonly shell: Shell
  readonly cwd: string
  readonly size: TerminalSize
  readonly masker: StreamMasker
  output(piece: TerminalOutput): void
  /** Once, and last. Its process is gone. */
  ended(end: TerminalEnded): void
}

const startLimitMs = 10_000
/** After its stdin ended, until it is killed. */
const endLimitMs = 500

/** One terminal: a process of its own that holds the pseudoterminal, and whose output is passed on as it is read. */
export class Terminal {
  readonly #parts: TerminalParts
  readonly #child: ChildProcess
  readonly #decoder = new StringDecoder('utf8')
  readonly #gone: Promise<void>
  #started: (found: Problem | null) => void = () => {}
  #end: Omit<TerminalEnded, 'id'> | null = null
  #seq = 0
  #unacknowledged = 0
  #isClosed = false

  /** Its process is started at once, the shell with {@link start}. */
  constructor(parts: TerminalParts) {
    this.#parts = parts
    const child = spawn(parts.nodePath, [parts.scriptPath], {
      cwd: '/', // no folder, and no mount, is kept busy by it
      env: parts.env,
      detached: true, // a Ctrl-C where the host was started is not for it
      stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
    })
    this.#child = child
    child.stdin?.on('error', () => {}) // it is gone, which `close` tells
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => this.#heard(line))
    const output = child.stdio[outputFd] as Readable
    output.on('error', () => {})
    this.#gone = new Promise((resolve) => {
      child.once('error', (error) => {
        if (child.pid !== undefined) return
        this.#lost(error.message)
        this.#leave()
        resolve()
      })
      // After the last of its output.
      child.once('close', (code, signal) => {
        this.#lost(`its process ended (${signal ?? `code ${code}`})`)
        this.#leave()
        resolve()
      })
    })
  }

  get id(): string {
    return this.#parts.id
  }

  /** Starts the shell; what went wrong, or null. Output is passed on from {@link listen} on. */
  start(): Promise<Problem | null> {
    const { shell, cwd, size, clock } = this.#parts
    return new Promise((resolve) => {
      const cancel = clock.after(startLimitMs, () => {
        this.#lost(`no answer for ${startLimitMs / 1000} s`)
        this.#child.kill('SIGKILL')
      })
      this.#started = (found) => {
        cancel()
        this.#started = () => {}
        resolve(found)
      }
      this.#order({ act: 'start', file: shell.file, args: shell.args, cwd, ...size })
    })
  }

  /** Whoever opened it knows its id. */
  listen(): void {
    this.#output.on('data', (chunk: Buffer) => this.#show(this.#decoder.write(chunk)))
  }

  write(data: string): void {
    this.#order({ act: 'write', data })
  }

  resize(size: TerminalSize): void {
    this.#order({ act: 'resize', ...size })
  }

  /** So many bytes have been shown. */
  acknowledge(bytes: number): void {
    this.#unacknowledged = Math.max(0, this.#unacknowledged - bytes)
    if (this.#unacknowledged <= terminalWindowBytes / 2) this.#output.resume()
  }

  /**
   * Ends it, whatever runs in it: the kernel hangs up. `why` is told where it is not for the asking. Resolves when
   * its process is gone.
   */
  async close(why: Problem | null): Promise<void> {
    this.#end ??= { exitCode: null, signal: 'SIGHUP', problem: why }
    this.#isClosed = true
    this.#output.destroy() // nobody reads it any more
    this.#dismiss()
    await this.#gone
  }

  get #output(): Readable {
    return this.#child.stdio[outputFd] as Readable
  }

  #heard(line: string): void {
    const fact = readFact(line)
    if (fact?.what === 'started') return this.#started(null)
    if (fact?.what === 'failed') this.#lost(fact.detail)
    else if (!fact) this.#lost('its process cannot be understood')
    else this.#end ??= { exitCode: fact.exitCode, signal: fact.signal, problem: null }
    this.#dismiss()
  }

  #show(text: string): void {
    const data = this.#parts.masker.take(text)
    if (data === '') return
    this.#pass(data)
    if (this.#unacknowledged >= terminalWindowBytes) this.#output.pause()
  }

  #pass(data: string): void {
    const bytes = Buffer.byteLength(data)
    this.#unacknowledged += bytes
    this.#seq += 1
    this.#parts.output({ id: this.id, seq: this.#seq, data, bytes })
  }

  #order(order: TerminalOrder): void {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`)
  }

  /** It ends with its stdin. */
  #dismiss(): void {
    this.#child.stdin?.end()
    const cancel = this.#parts.clock.after(endLimitMs, () => this.#child.kill('SIGKILL'))
    void this.#gone.then(cancel)
  }

  #lost(detail: string): void {
    const found = problem('TERMINAL_UNAVAILABLE', { detail })
    this.#end ??= { exitCode: null, signal: null, problem: found }
    this.#started(found)
  }

  #leave(): void {
    const { masker, ended } = this.#parts
    const rest = masker.take(this.#decoder.end()) + masker.end()
    // What was held may be most of a secret; where nobody reads any more it is told to nobody.
    if (rest !== '' && !this.#isClosed) this.#pass(rest)
    if (this.#end) ended({ id: this.id, ...this.#end })
  }
}
