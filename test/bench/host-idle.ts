import { setTimeout as delay } from 'node:timers/promises'
import { readUse } from './process-use.ts'
import { type Row, toRow } from './row.ts'
import type { RunningHost } from './running-host.ts'

/** Processor and memory of a host that only watches. */
export async function measureHostIdle(host: RunningHost, seconds: number): Promise<Row[]> {
  await host.runningGateway()
  await delay(3000)
  const before = readUse(host.pid)
  await delay(seconds * 1000)
  const after = readUse(host.pid)
  const percent = (after.cpuMs - before.cpuMs) / (seconds * 10)
  return [
    toRow({
      what: `host: idle processor over ${seconds} s`,
      unit: '%',
      values: [percent],
      limits: { median: 0.3 },
    }),
    toRow({ what: 'host: idle memory', unit: 'MB', values: [after.megabytes], limits: { median: 90 } }),
  ]
}
