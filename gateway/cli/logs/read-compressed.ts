import { createGunzip } from 'node:zlib'
import { LineUnderWay } from '../../../host/logs/line-under-way.ts'
import { openLog } from '../../../host/logs/open-log.ts'
import type { LogLine } from '../../../shared/log.ts'
import type { LastQuery } from './read-last.ts'

export interface CompressedLines {
  readonly lines: readonly LogLine[]
  readonly seenBytes: number
  readonly isBounded: boolean
  /** Why it was not read to its end. */
  readonly trouble: string | null
}

const batchLines = 5_000
const lineFeed = 10

/** The last lines that pass, of a log that a rotation compressed; no more than `maxBytes` of it are unpacked. */
export async function readCompressed(path: string, query: LastQuery): Promise<CompressedLines> {
  const { wanted, filter, maxBytes } = query
  const opened = await openLog(path)
  if (opened.kind !== 'open') {
    return {
      lines: [],
      seenBytes: 0,
      isBounded: false,
      trouble: opened.kind === 'trouble' ? opened.detail : null,
    }
  }
  let kept: LogLine[] = []
  let batch: LogLine[] = []
  const settle = () => {
    kept = [...kept, ...(filter ? filter(batch) : batch)].slice(-wanted)
    batch = []
  }
  let seenBytes = 0
  let line = new LineUnderWay(0)
  let trouble: string | null = null
  const unpacked = opened.file.handle.createReadStream().pipe(createGunzip())
  try {
    for await (const block of unpacked as AsyncIterable<Buffer>) {
      for (let at = 0; at < block.length; ) {
        const feed = block.indexOf(lineFeed, at)
        line.add(block.subarray(at, feed === -1 ? block.length : feed))
        if (feed === -1) break
        batch.push(line.read())
        at = feed + 1
        line = new LineUnderWay(seenBytes + at)
      }
      seenBytes += block.length
      if (batch.length >= batchLines) settle()
      if (seenBytes >= maxBytes) break
    }
    if (line.bytes > 0 && seenBytes < maxBytes) batch.push(line.read())
  } catch (error) {
    trouble = (error as NodeJS.ErrnoException).code ?? String(error)
  } finally {
    unpacked.destroy()
    await opened.file.handle.close().catch(() => {})
  }
  settle()
  return { lines: kept, seenBytes, isBounded: seenBytes >= maxBytes, trouble }
}
