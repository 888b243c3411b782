import type { HostClient } from '../../../shared/host-client.ts'
import type { Problem } from '../../../shared/problem.ts'
import { maxTerminalWrite, type TerminalEnded, type TerminalOutput } from '../../../shared/terminals.ts'

export interface TerminalSize {
  readonly cols: number
  readonly rows: number
}

interface TerminalSink {
  /** Calls `shown` once the text has been taken in. */
  show(text: string, shown: () => void): void
  ended(end: TerminalEnded): void
}

/** So much is shown before the host is told. Well below what it sends without being told. */
const tellAfterBytes = 64 * 1024

/** What a terminal's page and the host say to each other about one terminal. */
export class TerminalTalk {
  readonly #client: HostClient
  readonly #sink: TerminalSink
  readonly #unsubscribe: (() => void)[]
  #id: string | null = null
  #size: TerminalSize | null = null
  #isOver = false
  /** What came before the answer that names the terminal. */
  #early: (TerminalOutput | TerminalEnded)[] = []
  #untold = 0
  #input = ''
  #isSending = false

  constructor(client: HostClient, sink: TerminalSink) {
    this.#client = client
    this.#sink = sink
    this.#unsubscribe = [
      client.on('terminal.output', (piece) => this.#heard(piece)),
      client.on('terminal.ended', (end) => this.#heard(end)),
    ]
  }

  /** Opens the terminal; why that was refused, or null. */
  async open(size: TerminalSize): Promise<Problem | null> {
    this.#size = size
    const outcome = await this.#client.call('terminal.open', size)
    if (!outcome.ok) {
      this.end()
      return outcome
    }
    const { id } = outcome.value
    // Closed meanwhile: nobody else knows of it.
    if (this.#isOver) {
      void this.#client.call('terminal.close', { id })
      return null
    }
    this.#id = id
    // The window may have changed while the shell was starting.
    if (this.#size !== size) this.resize(this.#size)
    for (const early of this.#early.splice(0)) this.#heard(early)
    void this.#send()
    return null
  }

  /** Sends text in the order given, as much at once as there is by then. */
  type(text: string): void {
    this.#input += text
    void this.#send()
  }

  resize(size: TerminalSize): void {
    this.#size = size
    if (this.#id !== null) void this.#client.call('terminal.resize', { id: this.#id, ...size })
  }

  /** Ends the terminal on the host. */
  close(): void {
    if (this.#id !== null) void this.#client.call('terminal.close', { id: this.#id })
    this.end()
  }

  /** Hears and says nothing further. */
  end(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe()
    this.#id = null
    this.#isOver = true
    this.#early = []
    this.#input = ''
  }

  #heard(told: TerminalOutput | TerminalEnded): void {
    if (this.#id === null) return void this.#early.push(told)
    if (told.id !== this.#id) return
    if ('data' in told) return this.#sink.show(told.data, () => this.#shown(told.bytes))
    this.end()
    this.#sink.ended(told)
  }

  #shown(bytes: number): void {
    this.#untold += bytes
    if (this.#untold < tellAfterBytes || this.#id === null) return
    void this.#client.call('terminal.ack', { id: this.#id, bytes: this.#untold })
    this.#untold = 0
  }

  async #send(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    while (this.#id !== null && this.#input !== '') {
      const data = this.#input.slice(0, wholeLength(this.#input, maxTerminalWrite))
      this.#input = this.#input.slice(data.length)
      await this.#client.call('terminal.write', { id: this.#id, data })
    }
    this.#isSending = false
  }
}

/** At most `most` units, without cutting a character in two. */
function wholeLength(text: string, most: number): number {
  if (text.length <= most) return text.length
  const last = text.charCodeAt(most - 1)
  return last >= 0xd800 && last <= 0xdbff ? most - 1 : most
}
