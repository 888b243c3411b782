import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

interface LineSink {
  line(text: string): void
  /** The line under way passed the limit; no further line is given. */
  tooLong(): void
}

/** Cuts a stream into lines of at most `maxChars`, whatever its chunks. */
export function readLines(stream: Readable, maxChars: number, sink: LineSink): void {
  const decoder = new StringDecoder('utf8')
  let open = ''
  let isOver = false
  stream.on('data', (chunk: Buffer) => {
    if (isOver) return
    const parts = (open + decoder.write(chunk)).split('\n')
    open = parts.pop() ?? ''
    for (const part of parts) if (part !== '') sink.line(part)
    if (open.length > maxChars) {
      isOver = true
      sink.tooLong()
    }
  })
}
