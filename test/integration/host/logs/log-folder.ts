import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { jsonLine } from '../../../../gateway/log/log-line.ts'
import type { LogRecord } from '../../../../gateway/log/log-record.ts'
import type { LogChunk, LogCursor } from '../../../../shared/log.ts'

/** A folder for a log of its own, as the gateway makes it. */
export function logFolders() {
  const made: string[] = []
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-log-')))
    made.push(base)
    const folder = join(base, 'log')
    mkdirSync(folder, { mode: 0o700 })
    return { base, folder, at: (name: string) => join(folder, name), today: join(folder, today) }
  }
}

export const yesterday = 'moltbot-2026-01-29.log'
export const today = 'moltbot-2026-01-30.log'

export function recordLine(message: string, part: Partial<LogRecord> = {}): string {
  const at = new Date('2026-01-30T08:00:00Z')
  return jsonLine({ at, level: 'info', subsystem: 'test', message, data: null, ...part })
}

export function append(path: string, ...messages: readonly string[]): void {
  appendFileSync(path, messages.map((message) => recordLine(message)).join(''), { mode: 0o600 })
}

export const texts = (chunk: LogChunk) => chunk.lines.map(({ text }) => text)

/** Reads on until there is no more, as a client does. */
export async function readAll(
  read: (cursor: LogCursor) => Promise<LogChunk>,
  from: LogCursor,
): Promise<{ lines: string[]; next: LogCursor; calls: number }> {
  const lines: string[] = []
  let next = from
  for (let calls = 1; calls < 1_000; calls += 1) {
    const chunk = await read(next)
    lines.push(...texts(chunk))
    next = chunk.next
    if (!chunk.more) return { lines, next, calls }
  }
  throw new Error('It never came to an end')
}
