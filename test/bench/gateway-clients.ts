import { setTimeout as delay } from 'node:timers/promises'
import { readUse } from './process-use.ts'
import { openProvenClient, type ProvenClient } from './proven-client.ts'
import { type Row, toRow } from './row.ts'
import { quantile } from './statistics.ts'
import { untilHealthy } from './until-healthy.ts'
import { end, freePort, type Workshop } from './workshop.ts'

const busyClients = 100
const idleClients = 1_000
/** Each busy client asks ten times a second: a thousand requests a second together. */
const pauseMs = 100

/** How long `health` takes while 100 clients ask, and what 1,000 that say nothing cost. */
export async function measureGatewayClients(workshop: Workshop, seconds: number): Promise<Row[]> {
  const port = await freePort()
  const child = workshop.start(process.execPath, [workshop.gatewayEntry, 'gateway', '--port', String(port)])
  const clients: ProvenClient[] = []
  try {
    await untilHealthy(port)
    await delay(3_000)
    const before = readUse(child.pid ?? 0).megabytes
    await join(clients, idleClients, port, workshop.token)
    await delay(3_000)
    const grown = Math.max(0, readUse(child.pid ?? 0).megabytes - before)
    for (const client of clients.splice(0)) client.close()
    // The gateway gives back, a moment later, what so many have left.
    await delay(3_000)

    await join(clients, busyClients, port, workshop.token)
    const latencies: number[] = []
    const until = performance.now() + seconds * 1_000
    await Promise.all(clients.map((client, index) => askAgain(client, index, until, latencies)))
    const rpc = toRow({
      what: 'gateway: RPC health, 100 clients, 1,000 requests/s',
      unit: 'ms',
      values: latencies,
    })
    return [
      { ...rpc, p95: quantile(latencies, 0.99), limit: 'p99 ≤ 5 ms', holds: quantile(latencies, 0.99) <= 5 },
      toRow({
        what: 'gateway: growth with 1,000 idle clients',
        unit: 'MB',
        values: [grown],
        limits: { median: 60 },
      }),
    ]
  } finally {
    for (const client of clients) client.close()
    await end(child)
  }
}

/** A few at a time: so many who are not yet proven are refused. */
async function join(clients: ProvenClient[], count: number, port: number, token: string): Promise<void> {
  while (clients.length < count) {
    const next = Array.from({ length: Math.min(50, count - clients.length) }, () =>
      openProvenClient(port, token),
    )
    clients.push(...(await Promise.all(next)))
  }
}

async function askAgain(
  client: ProvenClient,
  index: number,
  until: number,
  latencies: number[],
): Promise<void> {
  await delay(index % pauseMs) // not all at the same moment
  while (performance.now() < until) {
    const asked = performance.now()
    await client.ask('health')
    latencies.push(performance.now() - asked)
    await delay(pauseMs)
  }
}
