import { blockBytes, reachBytes, windowBytes } from './figures.ts'
import { type LogFile, readBlock } from './open-log.ts'

const lineFeed = 10

/**
 * Where the `maxLines` lines before `end` begin, or fewer where they are long. Where not even one line
 * begins within reach, the place in the midst of that line from which a piece of it can be read.
 */
export async function findLineStart(file: LogFile, end: number, maxLines: number): Promise<number> {
  let earliest: number | null = null
  let wanted = maxLines
  let position = end
  while (position > 0) {
    const seen = end - position
    if (earliest !== null && seen >= windowBytes) return earliest
    if (seen >= reachBytes) return position
    const length = Math.min(blockBytes, position)
    const block = await readBlock(file, position - length, length)
    if (block.length < length) return 0 // emptied meanwhile
    // The unfinished line at the end comes on top.
    if (position === end && block[length - 1] !== lineFeed) wanted += 1
    for (let at = block.lastIndexOf(lineFeed); at !== -1; at = previous(block, at)) {
      const start = position - length + at + 1
      if (start === end) continue
      earliest = start
      wanted -= 1
      if (wanted === 0) return start
    }
    position -= length
  }
  return 0
}

/** `lastIndexOf` takes a negative place for one counted from the end. */
function previous(block: Buffer, at: number): number {
  return at === 0 ? -1 : block.lastIndexOf(lineFeed, at - 1)
}
