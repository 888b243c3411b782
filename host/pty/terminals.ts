import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Caller } from '../../shared/host-api.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import {
  maxTerminals,
  type TerminalEnded,
  type TerminalOutput,
  type TerminalsView,
} from '../../shared/terminals.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import { endMarked } from '../child/end-marked.ts'
import type { Clock } from '../clock.ts'
import { type HostPaths, whyHostDirFails } from '../host-paths.ts'
import { createStreamMaskers, type StreamMasker } from '../masking/mask-stream.ts'
import { outsideArchive } from '../outside-archive.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import { RecordFile } from '../records/record-file.ts'
import { findLauncherFolder } from './find-launcher.ts'
import { findShell } from './find-shell.ts'
import type { Terminal } from './terminal.ts'
import { terminalEnvironment, terminalMark } from './terminal-environment.ts'
import type { TerminalSize } from './terminal-size.ts'

interface TerminalsParts {
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  readonly table: ProcessTable
  readonly hostPaths: Pick<HostPaths, 'terminalPath'>
  /** A plain Node, never Electron's. */
  readonly nodePath: string
  /** Marks what this run of the host starts. */
  readonly nonce: string
  /** Secrets, which no terminal shows. */
  knownValues(): readonly string[]
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
  changed(view: TerminalsView): void
  /** Both for `client` alone. */
  output(client: string, piece: TerminalOutput): void
  ended(client: string, end: TerminalEnded): void
}

interface OpenTerminal {
  readonly terminal: Terminal
  readonly caller: Caller
}

const recordSchema = z.object({ inBrowser: z.boolean() })

/** The terminals of every surface. Each belongs to the connection that opened it, and ends with it. */
export class Terminals {
  readonly #parts: TerminalsParts
  readonly #record: RecordFile<z.infer<typeof recordSchema>>
  readonly #maskStream: () => StreamMasker
  readonly #open = new Map<string, OpenTerminal>()
  /** Terminals whose shell is being started. */
  readonly #starting = new Set<OpenTerminal>()
  /** Terminals whose last processes are being ended. */
  readonly #ending = new Map<Terminal, Promise<void>>()
  #view: TerminalsView
  /** Being opened just now. */
  #opening = 0
  #opened = 0
  /** How often it was forbidden in browsers. */
  #forbidden = 0
  #isClosed = false

  private constructor(
    parts: TerminalsParts,
    record: RecordFile<z.infer<typeof recordSchema>>,
    inBrowser: boolean,
  ) {
    this.#parts = parts
    this.#record = record
    this.#maskStream = createStreamMaskers(() => parts.knownValues())
    this.#view = { revision: 0, inBrowser, open: 0, problem: null }
  }

  static async open(parts: TerminalsParts): Promise<Terminals> {
    const record = new RecordFile(parts.hostPaths.terminalPath, recordSchema)
    const found = await record.read()
    return new Terminals(parts, record, found.kind === 'found' && found.value.inBrowser)
  }

  get view(): TerminalsView {
    return this.#view
  }

  /**
   * Opens a shell for `caller`. Its output is told from the next turn on, so that the answer goes out first.
   * @throws ProblemError where there can be none
   */
  async start(size: TerminalSize, caller: Caller | undefined): Promise<{ id: string }> {
    const owner = this.#admit(caller, 'terminal.open')
    if (this.#open.size + this.#opening >= maxTerminals) {
      throw new ProblemError(problem('TERMINALS_TOO_MANY', { limit: maxTerminals }))
    }
    this.#opening += 1
    try {
      const terminal = await this.#launch(size, owner)
      // What made it possible may have ended while the shell was starting.
      const why = this.#whyNot(owner)
      if (why) {
        await this.#finish(terminal, null)
        throw new ProblemError(why)
      }
      this.#open.set(terminal.id, { terminal, caller: owner })
      owner.whenGone(() => void this.#finish(terminal, null))
      this.#change({ problem: null })
      setImmediate(() => terminal.listen())
      return { id: terminal.id }
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'TERMINAL_UNAVAILABLE' && !this.#isClosed) {
        this.#change({ problem: error.problem })
      }
      throw error
    } finally {
      this.#opening -= 1
    }
  }

  write(id: string, data: string, caller: Caller | undefined): void {
    this.#of(id, caller, 'terminal.write').write(data)
  }

  resize(id: string, size: TerminalSize, caller: Caller | undefined): void {
    this.#of(id, caller, 'terminal.resize').resize(size)
  }

  acknowledge(id: string, bytes: number, caller: Caller | undefined): void {
    this.#of(id, caller, 'terminal.ack').acknowledge(bytes)
  }

  /** Resolves when nothing of it runs any more. */
  async stop(id: string, caller: Caller | undefined): Promise<void> {
    await this.#finish(this.#of(id, caller, 'terminal.close'), null)
  }

  /** Where it is forbidden, terminals that browsers have open end at once. */
  async allowInBrowser(inBrowser: boolean): Promise<TerminalsView> {
    // Forbidden at once, whatever becomes of the record; allowed only once that is written.
    if (!inBrowser) {
      this.#forbidden += 1
      if (this.#view.inBrowser) this.#switch(inBrowser)
      const off = problem('TERMINAL_OFF_IN_BROWSER', {})
      for (const { terminal, caller } of this.#known()) {
        if (caller.surface === 'browser') void this.#finish(terminal, off)
      }
    }
    const forbidden = this.#forbidden
    try {
      await this.#record.write({ inBrowser })
    } catch (error) {
      const found = whyHostDirFails(error, dirname(this.#parts.hostPaths.terminalPath))
      throw found ? new ProblemError(found) : error
    }
    // Unless it was forbidden while that was written.
    if (inBrowser && forbidden === this.#forbidden && !this.#view.inBrowser) this.#switch(inBrowser)
    await Promise.all(this.#ending.values())
    return this.#view
  }

  /** Ends every terminal; resolves when nothing of any of them runs. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const { terminal } of this.#known()) void this.#finish(terminal, null)
    await Promise.all(this.#ending.values())
  }

  #known(): OpenTerminal[] {
    return [...this.#open.values(), ...this.#starting]
  }

  #whyNot(caller: Caller): Problem | null {
    if (caller.surface === 'browser' && !this.#view.inBrowser) return problem('TERMINAL_OFF_IN_BROWSER', {})
    if (this.#isClosed) return problem('TERMINAL_UNAVAILABLE', { detail: 'the host is closing' })
    return caller.isGone() ? problem('TERMINAL_GONE', { id: '' }) : null
  }

  #admit(caller: Caller | undefined, call: string): Caller {
    // Without a caller there is nobody to tell the output to, and nobody whose end would end it.
    const why = caller ? this.#whyNot(caller) : problem('CALL_NOT_HERE', { call })
    if (why || !caller) throw new ProblemError(why ?? problem('CALL_NOT_HERE', { call }))
    return caller
  }

  #of(id: string, caller: Caller | undefined, call: string): Terminal {
    const owner = this.#admit(caller, call)
    const found = this.#open.get(id)
    if (found?.caller.client !== owner.client) throw new ProblemError(problem('TERMINAL_GONE', { id }))
    return found.terminal
  }

  async #launch(size: TerminalSize, caller: Caller): Promise<Terminal> {
    const { env, clock, nodePath, nonce, knownValues, output } = this.#parts
    const shell = findShell(env, process.platform)
    if (!shell) throw new ProblemError(problem('TERMINAL_UNAVAILABLE', { detail: 'no shell was found' }))
    this.#opened += 1
    const id = `terminal-${this.#opened}`
    const home = env.HOME || homedir()
    const { Terminal } = await import('./terminal.ts')
    const why = this.#whyNot(caller)
    if (why) throw new ProblemError(why)
    const terminal = make(
      () =>
        new Terminal({
          id,
          clock,
          nodePath,
          scriptPath: scriptPath(outsideArchive(import.meta.dirname)),
          env: terminalEnvironment(env, {
            shell: shell.file,
            launcherFolder: findLauncherFolder(import.meta.dirname),
            secrets: knownValues(),
            nonce,
            id,
          }),
          shell,
          cwd: existsSync(home) ? home : '/',
          size,
          masker: this.#maskStream(),
          output: (piece) => output(caller.client, piece),
          ended: (end) => this.#ended(terminal, caller, end),
        }),
    )
    const starting = { terminal, caller }
    this.#starting.add(starting)
    const failed = await terminal.start().finally(() => this.#starting.delete(starting))
    if (failed) {
      await this.#finish(terminal, failed)
      throw new ProblemError(this.#whyNot(caller) ?? failed)
    }
    return terminal
  }

  #ended(terminal: Terminal, caller: Caller, end: TerminalEnded): void {
    if (!this.#open.delete(terminal.id)) return
    this.#parts.ended(caller.client, end)
    this.#change({})
    // Its shell is gone; what it left running in the background is not.
    void this.#finish(terminal, null)
  }

  /** Ends a terminal and everything that was started in it, also what the kernel's hang-up does not end. */
  #finish(terminal: Terminal, why: Problem | null): Promise<void> {
    const known = this.#ending.get(terminal)
    if (known) return known
    const { table, nonce } = this.#parts
    const mark = terminalMark(nonce, terminal.id)
    const ending = terminal
      .close(why)
      .then(() => endMarked(table, mark.name, mark.value))
      .catch(() => {}) // what cannot be found now ends with the host
      .then(() => void this.#ending.delete(terminal))
    this.#ending.set(terminal, ending)
    return ending
  }

  #switch(inBrowser: boolean): void {
    this.#parts.note(inBrowser ? 'terminalAllowed' : 'terminalForbidden', null, {})
    this.#change({ inBrowser })
  }

  #change(part: Partial<TerminalsView>): void {
    this.#view = { ...this.#view, ...part, open: this.#open.size, revision: this.#view.revision + 1 }
    this.#parts.changed(this.#view)
  }
}

/** With no file or process to be had there is not even a pipe to a new one. */
function make(terminal: () => Terminal): Terminal {
  try {
    return terminal()
  } catch (error) {
    throw new ProblemError(problem('TERMINAL_UNAVAILABLE', { detail: String(error) }))
  }
}

/** Beside this file in the sources; beside the bundle in a build. */
function scriptPath(folder: string): string {
  const built = join(folder, 'terminal-process.mjs')
  return existsSync(built) ? built : join(folder, 'terminal-process.ts')
}
