import { type LogFile, openLog, readBlock } from '../../host/logs/open-log.ts'
import type { LogsTailParams, LogsTailPayload } from '../../shared/protocol/methods.ts'

export type TailOutcome =
  | { readonly ok: true; readonly payload: LogsTailPayload }
  | { readonly ok: false; readonly detail: string }

/** What may lie in a connection's buffer is not much more. */
const maxAnswerBytes = 1_000_000
/** A longer line that is not finished is passed over: waiting for its end could take for ever. */
const maxUnfinishedBytes = 64 * 1024
const lineFeed = 10

/** The lines of the gateway's own log from `cursor` on, or the last ones, in the form of Moltbot's answer. */
export async function tailLog(path: string, params: LogsTailParams): Promise<TailOutcome> {
  const opened = await openLog(path)
  if (opened.kind === 'trouble') return { ok: false, detail: opened.detail }
  if (opened.kind === 'absent') {
    const reset = (params.cursor ?? 0) > 0
    return { ok: true, payload: { file: path, cursor: 0, size: 0, lines: [], truncated: false, reset } }
  }
  try {
    return { ok: true, payload: await readTail(opened.file, params) }
  } catch (error) {
    return { ok: false, detail: (error as NodeJS.ErrnoException).code ?? String(error) }
  } finally {
    await opened.file.handle.close()
  }
}

async function readTail(
  file: LogFile,
  { cursor, limit = 500, maxBytes = 250_000 }: LogsTailParams,
): Promise<LogsTailPayload> {
  const { path, size } = file
  const reset = cursor !== undefined && (cursor > size || size - cursor > maxBytes)
  const from = cursor === undefined || reset ? Math.max(0, size - maxBytes) : cursor
  // One byte more tells whether `from` stands at the beginning of a line.
  const bytes = await readBlock(file, Math.max(0, from - 1), size - from + (from > 0 ? 1 : 0))
  const first = from === 0 ? 0 : bytes.indexOf(lineFeed) + 1
  const isWithin = from > 0 && first === 0
  const end = bytes.lastIndexOf(lineFeed) + 1
  const isPassedOver = isWithin || bytes.length - end > maxUnfinishedBytes
  const whole = isWithin || end <= first ? [] : bytes.toString('utf8', first, end - 1).split('\n')
  const lines = newestWithin(whole, limit)
  const isCut = cursor === undefined || reset ? from > 0 : isPassedOver
  return {
    file: path,
    cursor: isPassedOver ? size : Math.max(from, size - (bytes.length - end)),
    size,
    lines,
    truncated: isCut || lines.length < whole.length,
    reset,
  }
}

function newestWithin(lines: readonly string[], limit: number): readonly string[] {
  const last = lines.slice(-limit)
  let bytes = 0
  const beyond = last.findLastIndex((line) => {
    bytes += Buffer.byteLength(JSON.stringify(line)) + 1
    return bytes > maxAnswerBytes
  })
  return last.slice(beyond + 1)
}
