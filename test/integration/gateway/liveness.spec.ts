import { Agent, createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchLiveness } from '../../../host/gateway-client/fetch-liveness.ts'
import { freePort } from './gateway-process.ts'

const servers: TcpServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) (server as Server).closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function listen(server: TcpServer): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
const ask = async (answer: RequestListener) =>
  fetchLiveness({ port: await listen(createServer(answer)), timeoutMs: 500 })

describe('a probe of /health', () => {
  it('is live only by a JSON answer that says so', async () => {
    expect(await ask((_, response) => response.end('{"ok":true,"status":"live","version":"1.2.3"}'))).toEqual(
      {
        kind: 'live',
        version: '1.2.3',
      },
    )
    expect(await ask((_, response) => response.end('{"ok":true}'))).toEqual({ kind: 'live', version: null })
    expect(await ask((_, response) => response.end('<html>Control</html>'))).toMatchObject({ kind: 'unwell' })
    expect(await ask((_, response) => response.end('true'))).toMatchObject({ kind: 'unwell' })
    expect(await ask((_, response) => response.end('{"ok":false}'))).toMatchObject({ kind: 'unwell' })
    expect(await ask((_, response) => response.writeHead(503).end('{"ok":true,"reason":"closing"}'))).toEqual(
      {
        kind: 'unwell',
        reason: 'closing',
      },
    )
    const elsewhere: RequestListener = (_, response) =>
      response.writeHead(302, { Location: 'http://evil.example' }).end()
    expect(await ask(elsewhere)).toMatchObject({ kind: 'unwell' })
  })

  it('is silent where nobody listens, or nobody answers in time', async () => {
    expect(await fetchLiveness({ port: await freePort(), timeoutMs: 500 })).toEqual({
      kind: 'silent',
      detail: 'ECONNREFUSED',
    })
    const startedAt = performance.now()
    expect(await ask(() => {})).toMatchObject({ kind: 'silent' })
    const drop: RequestListener = (_, response) => void response.write('{"ok"')
    expect(await ask(drop)).toMatchObject({ kind: 'silent' })
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    const hangUp = await listen(createTcpServer((socket) => socket.destroy()))
    expect(await fetchLiveness({ port: hangUp, timeoutMs: 500 })).toMatchObject({ kind: 'silent' })
  })

  it('reads no endless answer', async () => {
    const flood: RequestListener = (_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(60_000)), 1)
      response.on('close', () => clearInterval(timer))
    }
    expect(await ask(flood)).toMatchObject({ kind: 'unwell' })
  })

  it('is not fooled by a kept connection that closes as it is used again', async () => {
    let answered = 0
    const server = createServer((request, response) => {
      answered += 1
      // The first connection stays open after its answer and dies at the next question.
      if (answered === 2) request.socket.resetAndDestroy()
      else response.end('{"ok":true}')
    })
    const port = await listen(server)
    const agent = new Agent({ keepAlive: true })
    expect(await fetchLiveness({ port, timeoutMs: 1_000, agent })).toMatchObject({ kind: 'live' })
    expect(await fetchLiveness({ port, timeoutMs: 1_000, agent })).toMatchObject({ kind: 'live' })
    expect(answered).toBe(3)
    agent.destroy()
  })
})
