import { setTimeout as delay } from 'node:timers/promises'
import { readUse } from './process-use.ts'
import { type Row, toRow } from './row.ts'
import { untilHealthy } from './until-healthy.ts'
import { end, freePort, type Workshop } from './workshop.ts'

/** Resident memory five seconds after the first 200, side by side with the bare server. */
export async function measureGatewayMemory(workshop: Workshop, samples: number): Promise<Row> {
  const values: number[] = []
  const bare: number[] = []
  for (let sample = 0; sample < samples; sample += 1) {
    const ports = [await freePort(), await freePort()]
    const children = [
      workshop.start(process.execPath, [workshop.gatewayEntry, 'gateway', '--port', String(ports[0])]),
      workshop.start(process.execPath, [workshop.bareServer, String(ports[1])]),
    ]
    await Promise.all(ports.map((port) => untilHealthy(port)))
    await delay(5000)
    const [ours = 0, peer = 0] = children.map(({ pid }) => readUse(pid ?? 0).megabytes)
    values.push(ours)
    bare.push(peer)
    await Promise.all(children.map(end))
  }
  return toRow({ what: 'gateway: idle memory', unit: 'MB', values, bare, limits: { median: 95 } })
}
