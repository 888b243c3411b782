import { StringDecoder } from 'node:string_decoder'

const maxLines = 50
const maxLineLength = 2_000

/** Keeps the last 50 lines of an output, each cut at 2,000 characters, whatever its size or bytes. */
export class LastLines {
  readonly #decoder = new StringDecoder('utf8')
  readonly #lines: string[] = []
  #open = ''

  add(chunk: Buffer): void {
    const parts = (this.#open + this.#decoder.write(chunk)).split(/\r?\n/)
    this.#open = (parts.pop() ?? '').slice(0, maxLineLength)
    for (const part of parts) this.#lines.push(part.slice(0, maxLineLength))
    this.#lines.splice(0, this.#lines.length - maxLines)
  }

  /** Oldest first, with the line under way last. */
  read(): string[] {
    return [...this.#lines, ...(this.#open === '' ? [] : [this.#open])].slice(-maxLines)
  }
}
