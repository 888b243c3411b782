import { appendFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { jsonLine } from '../../gateway/log/log-line.ts'

const levels = ['info', 'info', 'info', 'debug', 'warn', 'error'] as const
let written = 0

/** The number in the newest line's message. */
export function newestWritten(): number {
  return written
}

/** Lines as the gateway writes them, about 200 bytes each. */
export function writeLines(path: string, count: number): void {
  let text = ''
  for (let index = 0; index < count; index++) {
    written += 1
    text += jsonLine({
      at: new Date(),
      level: levels[written % levels.length] ?? 'info',
      subsystem: `channels/${written % 7}`,
      message: `message ${written} handled in ${written % 97} ms`,
      data: { session: `s-${written % 13}` },
    })
  }
  appendFileSync(path, text)
}

/** Writes at an even pace; what a late timer has missed is made up for. */
export async function writeSteadily(path: string, linesPerSecond: number, seconds: number): Promise<void> {
  const begin = performance.now()
  let due = 0
  for (;;) {
    const passed = (performance.now() - begin) / 1000
    const now = Math.floor(Math.min(passed, seconds) * linesPerSecond)
    if (now > due) writeLines(path, now - due)
    due = now
    if (passed >= seconds) return
    await delay(20)
  }
}
