import type { FileHandle } from 'node:fs/promises'

const blockBytes = 64 * 1024
const lineFeed = 10

export interface LastLinesRequest {
  readonly size: number
  /** No more than so much is read, from the end of the file. */
  readonly maxBytes: number
  /** Takes a line without its end, and where in the file it begins; false ends the reading. */
  readonly take: (line: Buffer, start: number) => boolean
}

/** The lines of a file from the last one to the first; what is read does not grow with the file. */
export async function readLinesBackwards(handle: FileHandle, request: LastLinesRequest): Promise<void> {
  const { maxBytes, take } = request
  const least = Math.max(0, request.size - maxBytes)
  let position = request.size
  /** Pieces of the line whose beginning is not read yet, the last piece first. */
  let pieces: Buffer[] = []
  while (position > least) {
    const from = Math.max(least, position - blockBytes)
    const block = await readBlock(handle, from, position - from)
    if (block.length < position - from) return // it has become shorter meanwhile
    position = from
    let end = block.length
    for (let at = block.lastIndexOf(lineFeed); at !== -1; ) {
      const line = Buffer.concat([block.subarray(at + 1, end), ...pieces.reverse()])
      pieces = []
      if (line.length > 0 && !take(line, from + at + 1)) return
      end = at
      at = at === 0 ? -1 : block.lastIndexOf(lineFeed, at - 1)
    }
    if (end > 0) pieces.push(Buffer.from(block.subarray(0, end)))
  }
  // The beginning of a line that was only partly read is no line.
  if (least === 0 && pieces.length > 0) take(Buffer.concat(pieces.reverse()), 0)
}

/** At most `length` bytes from `position` on; fewer at the end of the file. */
export async function readBlock(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
