import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type Row, toRow } from './row.ts'
import { untilHealthy } from './until-healthy.ts'
import { end, freePort, type Workshop } from './workshop.ts'

const connections = 32
const roundMs = 1_500

/** Answers of `/health` a second over kept connections, of ours and of the bare server in turn. */
export async function measureHttpRate(workshop: Workshop, rounds: number): Promise<Row> {
  const ports = [await freePort(), await freePort()] as const
  const children = [
    workshop.start(process.execPath, [workshop.gatewayEntry, 'gateway', '--port', String(ports[0])]),
    workshop.start(process.execPath, [workshop.bareServer, String(ports[1])]),
  ]
  try {
    await Promise.all(ports.map((port) => untilHealthy(port)))
    for (const port of ports) await answersPerSecond(port) // both warm
    const values: number[] = []
    const bare: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      values.push(await answersPerSecond(ports[0]))
      bare.push(await answersPerSecond(ports[1]))
    }
    const limits = { leastRatio: 0.7 }
    return toRow({ what: 'gateway: /health, 32 connections', unit: '/s', values, bare, limits })
  } finally {
    await Promise.all(children.map(end))
  }
}

async function answersPerSecond(port: number): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
  const request = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`
  let answers = 0
  const begin = performance.now()
  for (const socket of sockets) {
    socket.on('data', (chunk) => {
      // One request at a time and a short answer: a chunk with a status line is one answer.
      if (!chunk.includes('HTTP/1.1 200 ')) return
      answers += 1
      socket.write(request)
    })
    socket.write(request)
  }
  await delay(roundMs)
  const perSecond = (answers * 1000) / (performance.now() - begin)
  for (const socket of sockets) socket.removeAllListeners('data').destroy()
  return perSecond
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}
