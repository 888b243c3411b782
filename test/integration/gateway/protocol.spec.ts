import { request as httpRequest } from 'node:http'
import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { requestHealth } from '../../../host/gateway-client/request-health.ts'
import { connectParams, createDevice } from '../../unit/gateway/server/device.ts'
import { freePort, homes, programs, token } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'

const home = homes()
const run = programs()

async function start() {
  const { env, readLog, stateDir, configPath } = home('{ gateway: { mode: "local" } }')
  const port = await freePort()
  const gateway = run(['gateway', '--port', String(port)], env)
  await gateway.untilOutput('Gateway ready')
  return { port, gateway, readLog, stateDir, configPath }
}

describe('connect', () => {
  it('with the token says hello, and health answers', async () => {
    const { port, stateDir, configPath } = await start()
    const client = await openSocket(port)
    await client.nonce()
    const hello = await client.request('connect', connectParams(token))
    expect(hello).toMatchObject({
      ok: true,
      payload: {
        type: 'hello-ok',
        protocol: 3,
        server: { version: expect.any(String), host: hostname(), connId: expect.any(String) },
        features: {
          methods: expect.arrayContaining(['health', 'status', 'logs.tail', 'system-presence', 'config.get']),
          events: ['connect.challenge', 'tick', 'presence', 'health', 'shutdown'],
        },
        snapshot: {
          stateDir,
          configPath,
          health: { ok: true },
          presence: [{ mode: 'test' }],
          stateVersion: { presence: 1, health: 0 },
          sessionDefaults: { defaultAgentId: 'main', mainKey: 'main', mainSessionKey: 'agent:main:main' },
        },
        auth: { role: 'operator', scopes: ['operator.admin'] },
        policy: { maxPayload: 524_288, maxBufferedBytes: 1_572_864, tickIntervalMs: 30_000 },
      },
    })
    expect(await client.request('health')).toMatchObject({
      ok: true,
      payload: { ok: true, channels: {}, channelOrder: [], channelLabels: {}, ts: expect.any(Number) },
    })
    expect(await client.request('config.own', { raw: '{}' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_REQUEST', details: { reason: 'unknown_method' } },
    })
    expect(await client.request('connect', connectParams(token), 'again')).toMatchObject({ ok: false })
    client.socket.close()
  })

  it('is refused without the token, and nothing is answered before', async () => {
    const { port } = await start()
    for (const [method, params, reason] of [
      ['connect', connectParams('wrong'), 'token_mismatch'],
      ['connect', connectParams(), 'token_missing'],
      ['connect', { ...connectParams(token), extra: 1 }, 'invalid_params'],
      ['health', undefined, undefined],
    ] as const) {
      const client = await openSocket(port)
      const answer = await client.request(method, params)
      expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST' } })
      expect(answer.error?.details?.reason).toBe(reason)
      client.send('health', 'health')
      expect((await client.closed).code).toBe(1008)
      expect(client.frames.filter((frame) => frame.ok)).toEqual([])
    }
  })

  it('takes a proven device once: the same words on another connection are refused', async () => {
    const { port } = await start()
    const sign = createDevice()
    const first = await openSocket(port)
    const words = sign(connectParams(token), await first.nonce())
    expect(await first.request('connect', words)).toMatchObject({ ok: true })
    const replay = await openSocket(port)
    expect(await replay.nonce()).not.toBe(words.device.nonce)
    expect(await replay.request('connect', words)).toMatchObject({
      ok: false,
      error: { details: { reason: 'device_invalid' } },
    })
    expect((await replay.closed).code).toBe(1008)
    first.socket.close()
  })

  it('passes from our own origin or none, and from no other', async () => {
    const { port } = await start()
    for (const origin of [undefined, `http://127.0.0.1:${port}`, `http://localhost:${port}`]) {
      const client = await openSocket(port, origin === undefined ? {} : { Origin: origin })
      expect(await client.request('connect', connectParams(token))).toMatchObject({ ok: true })
      client.socket.close()
    }
    const foreign = ['null', '', 'https://evil.example', `https://127.0.0.1:${port}`, 'http://127.0.0.1']
    foreign.push(
      `http://127.0.0.1:${port}.evil.example`,
      `http://127.0.0.1:${port}/`,
      `http://127.0.0.1:${port + 1}`,
    )
    foreign.push(`http://evil.example#http://127.0.0.1:${port}`, `HTTP://127.0.0.1:${port}`, 'file://')
    for (const origin of foreign) {
      await expect(openSocket(port, { Origin: origin }), origin).rejects.toThrow('HTTP 403')
    }
    for (const host of ['evil.example', `127.0.0.1:${port + 1}`, `127.evil.example:${port}`]) {
      await expect(openSocket(port, { Host: host }), host).rejects.toThrow('HTTP 403')
    }
    await expect(
      openSocket(port, { Host: 'evil.example', 'X-Forwarded-Host': `127.0.0.1:${port}` }),
    ).rejects.toThrow('403')
  })

  it('has no other path, so that no token can stand in an address', async () => {
    const { port } = await start()
    const status = await new Promise((resolve) => {
      const request = httpRequest({
        host: '127.0.0.1',
        port,
        path: `/?token=${token}`,
        headers: {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
        },
      })
      request.on('response', (response) => resolve(response.statusCode))
      request.on('upgrade', () => resolve('upgraded'))
      request.end()
    })
    expect(status).toBe(404)
  })
})

describe('limits', () => {
  it('close whoever sends a frame too long, one that is none, binary, or a flood', async () => {
    const { port } = await start()
    const closesWith = async (send: (client: Awaited<ReturnType<typeof openSocket>>) => void) => {
      const client = await openSocket(port)
      await client.request('connect', connectParams(token))
      send(client)
      return (await client.closed).code
    }
    expect(await closesWith(({ socket }) => socket.send('x'.repeat(524_289)))).toBe(1009)
    expect(await closesWith(({ socket }) => socket.send('not json'))).toBe(1008)
    expect(await closesWith(({ socket }) => socket.send('{"type":"req","id":1,"method":"health"}'))).toBe(
      1008,
    )
    expect(await closesWith(({ socket }) => socket.send('['.repeat(200_000)))).toBe(1008)
    expect(await closesWith(({ socket }) => socket.send(Buffer.from('{}')))).toBe(1008)
    expect(
      await closesWith(({ socket }) => {
        for (let count = 0; count < 1_000; count += 1) socket.ping()
      }),
    ).toBe(1008)
    expect(
      await closesWith((client) => {
        for (let count = 0; count < 1_000; count += 1) client.send(`n${count}`, 'health')
      }),
    ).toBe(1008)
    expect(await requestHealth({ port, token, timeoutMs: 2_000 })).toMatchObject({ ok: true })
  })

  it('hold 256 connections that are not proven: the oldest gives way, and the owner always gets in', async () => {
    const { port } = await start()
    const owner = await openSocket(port)
    await owner.request('connect', connectParams(token))
    const first = await openSocket(port)
    const others = await Promise.all(Array.from({ length: 255 }, () => openSocket(port)))
    expect(first.socket.readyState).toBe(first.socket.OPEN)
    const next = await openSocket(port)
    expect(await first.closed).toMatchObject({ code: 1008, reason: expect.stringContaining('not proven') })
    expect(await next.request('connect', connectParams(token))).toMatchObject({ ok: true })
    expect(await owner.request('health')).toMatchObject({ ok: true })
    for (const { socket } of [owner, next, ...others]) socket.terminate()
  })

  it('no compression is agreed on', async () => {
    const { port } = await start()
    const { socket } = await openSocket(port)
    expect(socket.extensions).toBe('')
    socket.close()
  })

  it('a thousand wrong tokens do not keep the right one out', async () => {
    const { port, readLog } = await start()
    for (let round = 0; round < 50; round += 1) {
      const guesses = Array.from({ length: 20 }, (_, index) =>
        requestHealth({ port, token: `guess-${round}-${index}`, timeoutMs: 5_000 }),
      )
      for (const outcome of await Promise.all(guesses)) {
        expect(outcome).toMatchObject({ ok: false, code: 'GATEWAY_REFUSED_TOKEN' })
      }
    }
    expect(await requestHealth({ port, token, timeoutMs: 2_000 })).toMatchObject({ ok: true })
    expect(readLog()).not.toContain('guess-')
  })
})
