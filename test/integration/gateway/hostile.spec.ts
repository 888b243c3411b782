import { setTimeout as delay } from 'node:timers/promises'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestHealth } from '../../../host/gateway-client/request-health.ts'
import { maskedFrame, opcode } from '../../fixtures/masked-frame.ts'
import { connectParams, createDevice } from '../../unit/gateway/server/device.ts'
import { freePort, homes, type Program, programs, token } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'
import { openRaw, openRawSocket, type RawClient, upgradeRequest } from './raw-client.ts'

const home = homes(afterAll)
const run = programs(afterAll)

let port: number
let gateway: Program
let readLog: () => string
/** Those that only time ends, begun at once so that nobody waits for one after another. */
let patient: Record<'slowHeader' | 'endlessBody' | 'halfOpen', RawClient>

beforeAll(async () => {
  const made = home('{ gateway: { mode: "local" } }')
  port = await freePort()
  readLog = made.readLog
  gateway = run(['gateway', '--port', String(port)], made.env)
  await gateway.untilOutput('Gateway ready')
  patient = {
    slowHeader: openRaw(port, 'GET /health HTTP/1.1\r\nHost: 127'),
    endlessBody: openRaw(
      port,
      `POST /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    ),
    halfOpen: openRaw(port),
  }
})

/** What a GET of `path` is answered with, and that the gateway is as well afterwards as before. */
async function get(headers: string, path = '/health', method = 'GET') {
  const client = openRaw(port, `${method} ${path} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`)
  const answer = await client.closed
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0), answer }
}
const own = () => `Host: 127.0.0.1:${port}\r\n`

async function isWell() {
  return requestHealth({ port, token, timeoutMs: 5_000 })
}
async function proven(params: object = connectParams(token)) {
  const client = await openSocket(port)
  await client.request('connect', params, 'c')
  return client
}
async function frames(...sent: readonly Uint8Array[]): Promise<string> {
  const client = await openRawSocket(port)
  for (const frame of sent) client.socket.write(frame)
  const answer = await client.closed
  return answer
}
/** The code that the last close frame of the server carries. */
function closeCodeOf(answer: string): number {
  const at = answer.lastIndexOf('\u0088')
  return (answer.charCodeAt(at + 2) << 8) | answer.charCodeAt(at + 3)
}

describe('hostile HTTP:', () => {
  it.each([
    ['host-evil', 'Host: evil.example\r\n'],
    ['host-userinfo', 'Host: user@127.0.0.1:PORT\r\n'],
    ['host-decimal-ip', 'Host: 2130706433:PORT\r\n'],
    ['host-trailing-dot', 'Host: 127.0.0.1.:PORT\r\n'],
    ['host-wrong-port', 'Host: 127.0.0.1:1\r\n'],
    [
      'x-forwarded-for-loopback',
      'Host: evil.example\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: 127.0.0.1:PORT\r\n',
    ],
  ])('%s is refused', async (_, headers) => {
    expect((await get(headers.replaceAll('PORT', String(port)))).status).toBe(403)
    const upgraded = await openRaw(
      port,
      upgradeRequest(port).replace(own(), headers.replaceAll('PORT', String(port))),
    ).closed
    expect(upgraded).toMatch(/^HTTP\/1\.1 403/)
  })

  it('host-missing is refused', async () => {
    expect((await get('')).status).toBe(400)
    expect((await get('Host:\r\n')).status).toBe(403)
  })

  it('host-double is refused', async () => {
    for (const twice of [
      `${own()}Host: evil.example\r\n`,
      `Host: evil.example\r\n${own()}`,
      `${own()}${own()}`,
    ]) {
      expect([400, 403]).toContain((await get(twice)).status)
    }
  })

  it.each([
    ['origin-null', () => 'null'],
    ['origin-prefix-lookalike', () => `http://127.0.0.1:${port}.evil.example`],
    ['origin-suffix-lookalike', () => `http://evil.example#http://127.0.0.1:${port}`],
  ])('%s does not get through to the protocol', async (_, origin) => {
    await expect(openSocket(port, { Origin: origin() })).rejects.toThrow('HTTP 403')
  })

  it('simple-post-csrf changes nothing and is told nothing', async () => {
    const body = '{"type":"req","id":"1","method":"config.set"}'
    const headers = `${own()}Origin: http://evil.example\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n`
    const { answer } = await openRaw(port, `POST /health HTTP/1.1\r\n${headers}\r\n${body}`).closed.then(
      (answer) => ({ answer }),
    )
    expect(answer).toMatch(/^HTTP\/1\.1 405/)
    expect(answer).not.toMatch(/access-control/i)
  })

  it('preflight-private-network is not granted', async () => {
    const headers = `${own()}Origin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true\r\n`
    const { status, answer } = await get(headers, '/health', 'OPTIONS')
    expect(status).toBe(405)
    expect(answer).not.toMatch(/access-control-allow/i)
  })

  it('token-in-query opens nothing, and is written nowhere', async () => {
    expect((await get(own(), `/health?token=${token}`)).status).toBe(404)
    expect((await get(own(), `/?token=${token}`)).status).toBe(404)
    const upgraded = await openRaw(port, upgradeRequest(port).replace('GET / ', `GET /?token=${token} `))
      .closed
    expect(upgraded).toMatch(/^HTTP\/1\.1 404/)
    expect(readLog() + gateway.output().stdout + gateway.output().stderr).not.toContain(token)
  })

  it('path-dotdot-encoded leads nowhere', async () => {
    for (const path of [
      '/%2e%2e/%2e%2e/etc/passwd',
      '/../../etc/passwd',
      '/health/..%2fmetrics',
      '/health%00',
      '//health',
    ]) {
      expect([path, (await get(own(), path)).status]).toEqual([path, 404])
    }
  })

  it('header-16k is refused', async () => {
    expect((await get(`${own()}X: ${'x'.repeat(17_000)}\r\n`)).status).toBe(431)
  })

  it('smuggled-length is refused', async () => {
    const both = `${own()}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n`
    const answer = await openRaw(
      port,
      `POST /health HTTP/1.1\r\n${both}\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n${own()}\r\n`,
    ).closed
    expect(answer).toMatch(/^HTTP\/1\.1 400/)
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it('redirect-to-external never happens', async () => {
    for (const path of ['//evil.example/', 'http://evil.example/health', '/\\evil.example', '/health/']) {
      const { status, answer } = await get(own(), path)
      expect([path, status]).toEqual([path, 404])
      expect(answer).not.toMatch(/^location:/im)
    }
  })

  it('slow-header is cut off', async () => {
    expect(await patient.slowHeader.closed).toMatch(/^HTTP\/1\.1 408/)
  })

  it('endless-body is answered and not waited for', async () => {
    expect(await patient.endlessBody.closed).toMatch(/^HTTP\/1\.1 405/)
  })
})

describe('hostile WebSocket:', () => {
  it('origin-absent is a program, which needs the token like every other', async () => {
    const client = await openSocket(port)
    expect(await client.request('connect', connectParams())).toMatchObject({ ok: false })
    expect((await client.closed).code).toBe(1008)
  })

  it('no-auth-first-frame is answered nothing', async () => {
    for (const method of ['health', 'config.get', 'status']) {
      const client = await openSocket(port)
      expect(await client.request(method)).toMatchObject({ ok: false })
      expect(await client.closed).toMatchObject({ code: 1008, reason: 'connect required' })
    }
  })

  it('self-declared-admin-scope is worth nothing without the token, and what does not exist is not granted', async () => {
    const asked = { scopes: ['operator.admin'] }
    const client = await openSocket(port)
    expect(await client.request('connect', { ...connectParams('wrong'), ...asked })).toMatchObject({
      ok: false,
    })
    const reader = await proven({ ...connectParams(token), scopes: ['operator.read', 'operator.root', '*'] })
    const hello = await reader.until(({ id }) => id === 'c')
    expect(hello.payload?.auth).toEqual({ role: 'operator', scopes: ['operator.read'] })
    expect(await reader.request('sessions.delete', { key: 'main' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_REQUEST', details: { reason: 'missing_scope' } },
    })
    expect(await reader.request('health')).toMatchObject({ ok: true })
    reader.socket.close()
  })

  it('bogus-device-token-bypass: a device does not stand in for the token, nor the token for a device', async () => {
    const sign = createDevice()
    const client = await openSocket(port)
    const bogus = sign(connectParams('bogus-device-token'), await client.nonce())
    expect((await client.request('connect', bogus)).error?.details?.reason).toBe('token_mismatch')
    const other = await openSocket(port)
    const signed = sign(connectParams(token), await other.nonce())
    const forged = { ...signed, device: { ...signed.device, signature: 'A'.repeat(86) } }
    expect((await other.request('connect', forged)).error?.details?.reason).toBe('device_invalid')
  })

  it('replayed-nonce is refused', async () => {
    const first = await openSocket(port)
    const words = createDevice()(connectParams(token), await first.nonce())
    expect(await first.request('connect', words)).toMatchObject({ ok: true })
    const second = await openSocket(port)
    expect((await second.request('connect', words)).error?.details?.reason).toBe('device_invalid')
    first.socket.close()
  })

  it('frame-over-limit ends its connection, also before connect', async () => {
    const long = maskedFrame(opcode.text, Buffer.alloc(524_289, 0x20))
    expect(closeCodeOf(await frames(long.subarray(0, 1_000)))).toBe(1008)
    expect(closeCodeOf(await frames(maskedFrame(opcode.text, Buffer.alloc(65_537, 0x20))))).toBe(1008)
    const client = await proven()
    client.socket.send('x'.repeat(524_289))
    expect((await client.closed).code).toBe(1009)
  })

  it('fragment-forever ends its connection by its size and by its count', async () => {
    const client = await proven()
    const piece = Buffer.alloc(1_000, 0x20)
    for (let count = 0; count < 600; count += 1) client.socket.send(piece, { binary: false, fin: false })
    expect((await client.closed).code).toBe(1009)
    const many = await proven()
    for (let count = 0; count < 1_100; count += 1) many.socket.send('', { fin: false })
    expect([1008, 1009, 1002]).toContain((await many.closed).code)
  })

  it('deflate-bomb is not inflated: no compression is agreed on', async () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000, 0x20))
    const frame = maskedFrame(opcode.text, bomb)
    frame[0] = 0xc1 // RSV1: compressed
    const offered = await openRawSocket(port, 'Sec-WebSocket-Extensions: permessage-deflate\r\n')
    expect(offered.received()).not.toMatch(/sec-websocket-extensions/i)
    offered.socket.write(frame)
    expect(closeCodeOf(await offered.closed)).toBe(1002)
  })

  it('invalid-utf8 ends its connection', async () => {
    expect(closeCodeOf(await frames(maskedFrame(opcode.text, Buffer.from([0x7b, 0xff, 0xfe]))))).toBe(1007)
    expect(closeCodeOf(await frames(maskedFrame(opcode.binary, Buffer.from('{}'))))).toBe(1008)
  })

  it('deep-json ends its connection', async () => {
    const client = await proven()
    client.send('1', 'health', JSON.parse('['.repeat(80) + ']'.repeat(80)))
    expect(await client.closed).toMatchObject({ code: 1008, reason: 'message too deep' })
    const broken = await proven()
    broken.socket.send('['.repeat(500_000))
    expect(await broken.closed).toMatchObject({ code: 1008, reason: 'message too deep' })
  })

  it('duplicate-id is refused while the first one is under way', async () => {
    const client = await proven()
    client.send('same', 'logs.tail', {})
    client.send('same', 'logs.tail', {})
    await client.until(({ id, ok }) => id === 'same' && ok === true)
    const answers = client.frames.filter(({ id }) => id === 'same')
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(answers.find(({ ok }) => !ok)?.error?.details?.reason).toBe('duplicate_id')
    expect(await client.request('logs.tail', {}, 'same-again')).toMatchObject({ ok: true })
    client.socket.close()
  })

  it('out-of-order-seq: a client cannot number anything, and events come without a gap', async () => {
    const client = await proven()
    const others = await Promise.all([proven(), proven()])
    for (const { socket } of others) socket.close()
    await client.until(
      ({ event, payload }) => event === 'presence' && JSON.stringify(payload).includes('test'),
    )
    const numbers = client.frames.flatMap((frame) => ('seq' in frame ? [frame.seq] : []))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    client.socket.send('{"type":"req","id":"1","method":"health","seq":9}')
    expect((await client.closed).code).toBe(1008)
  })

  it('ping-flood ends its connection, and so does a flood of pongs', async () => {
    for (const kind of ['ping', 'pong'] as const) {
      const client = await proven()
      for (let count = 0; count < 500; count += 1) client.socket[kind]()
      expect(await client.closed).toMatchObject({ code: 1008, reason: 'too many pings' })
    }
  })

  it('half-open: whoever says nothing, or stops in the middle, loses the connection', async () => {
    const client = await openRawSocket(port)
    client.socket.end()
    await client.closed
    await patient.halfOpen.closed
  })

  it('close-mid-handshake leaves nothing behind', async () => {
    for (let at = 10; at < upgradeRequest(port).length; at += 20) {
      const client = openRaw(port, upgradeRequest(port).slice(0, at))
      await new Promise((resolve) => client.socket.once('connect', resolve))
      client.socket.resetAndDestroy()
    }
    expect(await isWell()).toMatchObject({ ok: true })
  })

  it('squatter-echo: what only repeats our own words is let go', async () => {
    const client = await openSocket(port)
    const challenge = await client.until(({ event }) => event === 'connect.challenge')
    client.socket.send(JSON.stringify(challenge))
    expect(await client.closed).toMatchObject({ code: 1008, reason: 'invalid request frame' })
  })
})

describe('random bytes and half frames', () => {
  it('end their connections only', async () => {
    const watcher = await proven()
    let seed = 20_261_125
    const random = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      return seed >>> 24
    }
    for (let round = 0; round < 40; round += 1) {
      const bytes = Buffer.from(Array.from({ length: 200 + random() * 8 }, random))
      const plain = openRaw(port, bytes)
      const upgraded = await openRawSocket(port)
      upgraded.socket.write(round % 2 ? bytes : maskedFrame(opcode.text, bytes).subarray(0, -100))
      await delay(1)
      if (round % 4 === 0) upgraded.socket.end()
      else upgraded.socket.resetAndDestroy()
      plain.socket.end()
      await Promise.all([plain.closed, upgraded.closed])
    }
    expect(await watcher.request('health')).toMatchObject({ ok: true })
    watcher.socket.close()
    expect(await isWell()).toMatchObject({ ok: true })
    expect(readLog()).not.toContain('A request failed')
  })

  it('and every refusal before is in the access log, without a secret', async () => {
    gateway.child.kill('SIGTERM')
    expect(await gateway.exit).toBe(0)
    const refused = readLog()
      .split('\n')
      .filter((line) => line.includes('"subsystem\\":\\"access'))
    for (const reason of [
      'unknown_host',
      'foreign_origin',
      'connect_required',
      'token_mismatch',
      'invalid_frame',
    ]) {
      expect([reason, refused.some((line) => line.includes(reason))]).toEqual([reason, true])
    }
    expect(readLog()).not.toContain(token)
  })
})
