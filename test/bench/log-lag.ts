import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../build/prepare/root.mjs'
import { type Row, toRow } from './row.ts'
import type { Workshop } from './workshop.ts'

const linesPerSecond = 10_000

/** How late the event loop is, at its 99th percentile, while the gateway's log writes 10,000 lines a second. */
export async function measureLogLag(workshop: Workshop, rounds: number): Promise<Row> {
  const program = join(root, 'test/integration/gateway/log-writer.ts')
  const values: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const place = join(workshop.hostDir, '..', `log-lag-${round}`)
    const args = [program, place, String(linesPerSecond), '3000']
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: workshop.env })
    const { count, p99 }: { count: number; p99: number } = JSON.parse(stdout.split('\n')[1] ?? '')
    // What was not written took no time.
    values.push(count === linesPerSecond * 3 && linesIn(place) === count ? p99 : Infinity)
  }
  const what = 'gateway log: event-loop lag p99 at 10,000 lines/s'
  return toRow({ what, unit: 'ms', values, limits: { p95: 20 } })
}

function linesIn(folder: string): number {
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
  return texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0)
}
