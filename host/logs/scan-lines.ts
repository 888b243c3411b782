import type { LogLine } from '../../shared/log.ts'
import { blockBytes, reachBytes } from './figures.ts'
import { LineUnderWay } from './line-under-way.ts'
import { type LogFile, readBlock } from './open-log.ts'

export interface Scan {
  readonly from: number
  /** Nothing at or behind it is read. */
  readonly end: number
  readonly maxLines: number
  /** Read at most; for the end of a long line up to {@link reachBytes}. */
  readonly maxBytes: number
  /** False: `from` may stand inside a line whose beginning was given before; its rest is passed over. */
  readonly isLineStart: boolean
  /** Nothing will be appended any more: what stands behind the last line feed is a line too. */
  readonly isFinished: boolean
}

export interface Scanned {
  readonly lines: LogLine[]
  /** Where the next scan goes on. */
  readonly next: number
  readonly isAtEnd: boolean
}

const lineFeed = 10

/**
 * The lines from `from` on. A line is given once its line feed is there. One that grows too long without
 * is given cut, and `next` then stands inside it: the byte before `next` is no line feed, by which the
 * next scan knows that the rest up to the line feed is to be passed over, with no memory of this one.
 */
export async function scanLines(file: LogFile, scan: Scan): Promise<Scanned> {
  const { from, end, maxLines, maxBytes, isFinished } = scan
  const lines: LogLine[] = []
  let position = from
  let isInside = !scan.isLineStart && (await isInsideLine(file, from))
  let line = new LineUnderWay(from)

  const isFull = () => {
    const limit = isInside || line.isLong ? reachBytes : maxBytes
    return lines.length >= maxLines || position >= end || position - from >= limit
  }
  while (!isFull()) {
    const block = await readBlock(file, position, Math.min(blockBytes, end - position))
    if (block.length === 0) break // emptied meanwhile
    let at = 0
    while (at < block.length && lines.length < maxLines) {
      const feed = block.indexOf(lineFeed, at)
      const stop = feed === -1 ? block.length : feed
      if (!isInside) line.add(block.subarray(at, stop))
      at = feed === -1 ? stop : stop + 1
      if (feed === -1) break
      if (!isInside) lines.push(line.read())
      isInside = false
      line = new LineUnderWay(position + at)
    }
    position += at
  }

  const isAtEnd = position >= end
  if (isInside) return { lines, next: position, isAtEnd }
  const isGivenNow = line.isLong || (isFinished && isAtEnd && line.bytes > 0)
  if (isGivenNow) lines.push(line.read())
  return { lines, next: isGivenNow ? position : line.offset, isAtEnd }
}

async function isInsideLine(file: LogFile, offset: number): Promise<boolean> {
  if (offset === 0) return false
  const [before] = await readBlock(file, offset - 1, 1)
  return before !== lineFeed
}
