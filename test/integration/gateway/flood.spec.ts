import { readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { connectParams } from '../../unit/gateway/server/device.ts'
import { freePort, homes, programs, token } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'
import { upgradeRequest } from './raw-client.ts'

const home = homes()
const run = programs()

const warmUp = 4_000
const connections = 10_000
/** So many at once. */
const wave = 200
/** It gives back what a burst took a second after its end. */
const untilTidy = 1_300

/** Opens one, as a client, as a browser, or as nothing at all, and drops it in some phase. */
function openAndDrop(port: number, index: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    const drop = () => (index % 2 ? socket.destroy() : socket.resetAndDestroy())
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    if (index % 4 === 0) socket.on('connect', drop)
    else if (index % 4 === 1) socket.on('connect', () => socket.write(upgradeRequest(port), drop))
    else if (index % 4 === 2) {
      socket.on('connect', () => socket.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`))
      socket.once('data', drop)
    } else {
      socket.on('connect', () => socket.write(upgradeRequest(port)))
      socket.once('data', drop) // upgraded, and challenged
    }
  })
}

async function flood(port: number, count: number): Promise<void> {
  for (let begun = 0; begun < count; begun += wave) {
    await Promise.all(Array.from({ length: wave }, (_, index) => openAndDrop(port, begun + index)))
  }
}

function residentMegabytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
}

/** The least of some looks: the collector runs when it likes. */
async function settled(pid: number, goalMegabytes: number): Promise<number> {
  let least = residentMegabytes(pid)
  for (let looks = 0; looks < 20 && least > goalMegabytes; looks += 1) {
    await delay(100)
    least = Math.min(least, residentMegabytes(pid))
  }
  return least
}

it('10,000 connections that are opened and dropped leave the gateway up, its client served, and its memory as it was', async () => {
  const { env } = home('{ gateway: { mode: "local" } }')
  const port = await freePort()
  const gateway = run(['gateway', '--port', String(port)], env)
  await gateway.untilOutput('Gateway ready')
  const client = await openSocket(port)
  await client.request('connect', connectParams(token))
  await flood(port, warmUp)
  await delay(untilTidy)
  const before = residentMegabytes(gateway.pid)

  const latencies: number[] = []
  let isOver = false
  const asking = (async () => {
    for (let count = 0; !isOver; count += 1) {
      const asked = performance.now()
      expect(await client.request('health', {}, `h${count}`)).toMatchObject({ ok: true })
      latencies.push(performance.now() - asked)
      await delay(10)
    }
  })()
  await flood(port, connections)
  isOver = true
  await asking

  latencies.sort((one, other) => one - other)
  const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? 0
  // This process shares its thread with the flood: what it sees is longer than what the gateway takes.
  expect(p99).toBeLessThan(250)
  await delay(untilTidy)
  const after = await settled(gateway.pid, before * 1.1)
  process.stdout.write(
    `flood: p99 ${p99.toFixed(1)} ms of ${latencies.length}, ${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after\n`,
  )
  expect(after).toBeLessThan(before * 1.1)
  client.socket.close()
}, 60_000)
