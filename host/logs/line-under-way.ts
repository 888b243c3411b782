import type { LogLine } from '../../shared/log.ts'
import { keptBytes, maxLineBytes } from './figures.ts'
import { parseLine } from './parse-line.ts'

/** One line as its bytes come in; holds at most a little more than the longest whole line. */
export class LineUnderWay {
  readonly offset: number
  bytes = 0
  #held: Buffer = Buffer.alloc(0)

  constructor(offset: number) {
    this.offset = offset
  }

  get isLong(): boolean {
    return this.bytes > maxLineBytes
  }

  add(piece: Buffer): void {
    const room = maxLineBytes - this.#held.length
    const part = piece.subarray(0, room)
    this.bytes += piece.length
    if (part.length > 0) this.#held = this.#held.length === 0 ? part : Buffer.concat([this.#held, part])
  }

  read(): LogLine {
    const kept = this.isLong ? this.#held.subarray(0, characterEnd(this.#held, keptBytes)) : this.#held
    const text = kept.toString('utf8')
    return {
      offset: this.offset,
      bytes: this.bytes,
      ...parseLine(text.endsWith('\r') ? text.slice(0, -1) : text),
      cutBytes: this.bytes - kept.length,
    }
  }
}

/** The end of the last whole UTF-8 character within `limit` bytes. */
function characterEnd(bytes: Buffer, limit: number): number {
  let end = limit
  while (end > limit - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return end
}
