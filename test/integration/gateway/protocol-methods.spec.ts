import { appendFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { LogsTailPayload, PresenceEntry } from '../../../shared/protocol/methods.ts'
import { connectParams, createDevice } from '../../unit/gateway/server/device.ts'
import { freePort, homes, programs, token } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'

const home = homes()
const run = programs()

async function start(...options: readonly string[]) {
  const { env, base, stateDir, configPath } = home('{ gateway: { mode: "local" } }')
  const port = await freePort()
  const gateway = run(['gateway', '--port', String(port), ...options], env)
  await gateway.untilOutput('The gateway is ready')
  const [name = ''] = readdirSync(join(base, 'log')).filter((each) => each.startsWith('moltbot'))
  return { port, gateway, pid: gateway.pid, stateDir, configPath, log: join(base, 'log', name) }
}

async function connect(port: number, part: object = {}) {
  const client = await openSocket(port)
  const plain = connectParams(token)
  const hello = await client.request('connect', { ...plain, client: { ...plain.client, ...part } })
  return { ...client, hello }
}

describe('requests', () => {
  it('with parameters that do not fit are refused, with the place', async () => {
    const { port } = await start()
    const client = await connect(port)
    for (const [method, params, path] of [
      ['health', { probe: 1 }, 'probe'],
      ['status', { all: true }, 'params'],
      ['status', [], 'params'],
      ['system-presence', null, 'params'],
      ['logs.tail', { limit: 0 }, 'limit'],
      ['logs.tail', { limit: 5_001 }, 'limit'],
      ['logs.tail', { maxBytes: 1_000_001 }, 'maxBytes'],
      ['logs.tail', { cursor: -1 }, 'cursor'],
      ['logs.tail', { cursor: 1.5 }, 'cursor'],
      ['logs.tail', { cursor: '0' }, 'cursor'],
      ['logs.tail', { file: '/etc/passwd' }, 'params'],
      ['__proto__', {}, undefined],
      ['toString', {}, undefined],
    ] as const) {
      const answer = await client.request(method, params, `${method}${JSON.stringify(params)}`)
      const reason = path === undefined ? 'unknown_method' : 'invalid_params'
      expect([method, answer.error]).toMatchObject([method, { code: 'INVALID_REQUEST', details: { reason } }])
      expect([method, answer.error?.details?.path]).toEqual([method, path])
    }
    expect(await client.request('health', { probe: true }, 'good')).toMatchObject({ ok: true })
    client.socket.close()
  })

  it('more than eight under way at once are refused, and the connection goes on', async () => {
    const { port, log } = await start()
    appendFileSync(log, `${'x'.repeat(200)}\n`.repeat(5_000))
    const client = await connect(port)
    const asked = Array.from({ length: 40 }, (_, index) =>
      client.request('logs.tail', { limit: 1, maxBytes: 1_000_000 }, `t${index}`),
    )
    const answers = await Promise.all(asked)
    const refused = answers.filter(({ ok }) => !ok)
    expect(refused.length).toBeGreaterThan(0)
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(8)
    for (const { error } of refused) {
      expect(error).toMatchObject({ code: 'UNAVAILABLE', details: { reason: 'too_many_requests' } })
    }
    expect(await client.request('logs.tail', {}, 'after')).toMatchObject({ ok: true })
    client.socket.close()
  })
})

describe('status', () => {
  it('says what is true of this process, and no secret', async () => {
    const { port, pid, stateDir, configPath, log } = await start()
    const client = await connect(port, { displayName: `me ${token}`, version: token, instanceId: token })
    const status = await client.request('status')
    expect(status.payload).toMatchObject({
      ok: true,
      protocol: 3,
      pid,
      port,
      clients: 1,
      stateDir,
      configPath,
    })
    expect(status.payload).toMatchObject({ logPath: log, memory: { rssBytes: expect.any(Number) } })
    await client.request('system-presence')
    expect(JSON.stringify(client.frames)).not.toContain(token.slice(0, 12))
    client.socket.close()
  })
})

describe('system-presence', () => {
  const hosts = (presence: unknown) =>
    (presence as PresenceEntry[]).map(({ host, reason }) => `${host} ${reason}`)

  it('lists who is connected, and the others hear who comes and goes', async () => {
    const { port } = await start()
    const first = await connect(port, { displayName: 'first', mode: 'ui', instanceId: 'i-1' })
    const snapshot = first.hello.payload?.snapshot
    const { presence, stateVersion } = snapshot as { presence: unknown; stateVersion: { presence: number } }
    expect(presence).toEqual([
      {
        host: 'first',
        id: 'test',
        displayName: 'first',
        instanceId: 'i-1',
        version: '1',
        platform: 'linux',
        mode: 'ui',
        roles: ['operator'],
        reason: 'connect',
        text: 'first · app 1 · linux · mode ui',
        since: expect.any(Number),
        ts: expect.any(Number),
      },
    ])
    const second = await openSocket(port)
    const device = createDevice()(connectParams(token), await second.nonce())
    await second.request('connect', device)
    const came = await first.until(({ event }) => event === 'presence')
    expect(hosts(came.payload?.presence)).toEqual(['test connect', 'first connect'])
    expect(came.payload?.presence).toMatchObject([{ deviceId: device.device.id }, {}])
    expect(came.stateVersion?.presence).toBeGreaterThan(stateVersion.presence)
    expect(hosts((await second.request('system-presence')).payload)).toEqual([
      'test connect',
      'first connect',
    ])
    first.socket.close()
    const left = await second.until(({ event }) => event === 'presence')
    expect(hosts(left.payload?.presence)).toEqual(['test connect', 'first disconnect'])
    expect(left.stateVersion?.presence).toBeGreaterThan(came.stateVersion?.presence ?? 0)
    // It knows itself from its hello, and no event told it so again.
    await delay(300)
    expect(second.frames.filter(({ event }) => event === 'presence')).toHaveLength(1)
    second.socket.close()
  })

  it('shows nobody who is not proven, and nobody hears of them', async () => {
    const { port } = await start()
    const client = await connect(port)
    const unproven = await openSocket(port)
    const refused = await openSocket(port)
    await refused.request('connect', connectParams('wrong'))
    await refused.closed
    expect(hosts((await client.request('system-presence')).payload)).toEqual(['test connect'])
    await delay(300)
    expect(client.frames.filter(({ event }) => event === 'presence')).toEqual([])
    expect(unproven.frames.map(({ event }) => event)).toEqual(['connect.challenge'])
    for (const { socket } of [client, unproven]) socket.close()
  })
})

describe('logs.tail', () => {
  it('gives the last raw lines, and from the cursor on each line once', async () => {
    const { port, log } = await start()
    writeFileSync(log, '')
    const client = await connect(port)
    let count = 0
    const tail = async (params?: object) => {
      count += 1
      const answer = await client.request('logs.tail', params, `tail${count}`)
      return answer.payload as unknown as LogsTailPayload
    }
    expect(await tail()).toEqual({ file: log, cursor: 0, size: 0, lines: [], truncated: false, reset: false })
    appendFileSync(log, Array.from({ length: 600 }, (_, index) => `line ${index}\n`).join(''))
    const last = await tail()
    expect(last.lines).toHaveLength(500)
    expect(last).toMatchObject({ truncated: true, reset: false, size: statSync(log).size })
    expect((await tail({ limit: 5_000 })).lines).toHaveLength(600)
    expect((await tail({ maxBytes: 20 })).lines).toEqual(['line 598', 'line 599'])
    appendFileSync(log, 'next\nhal')
    const next = await tail({ cursor: last.cursor })
    expect(next).toMatchObject({ lines: ['next'], truncated: false, reset: false })
    appendFileSync(log, 'f\n')
    expect((await tail({ cursor: next.cursor })).lines).toEqual(['half'])
    expect((await tail({ cursor: next.cursor + 2 })).lines).toEqual([]) // within a line
    const behind = await tail({ cursor: 0, maxBytes: 12 })
    expect(behind).toMatchObject({ reset: true, truncated: true, lines: ['next', 'half'] })
    truncateSync(log)
    appendFileSync(log, 'anew\n')
    expect(await tail({ cursor: next.cursor })).toMatchObject({ reset: true, lines: ['anew'], cursor: 5 })
    client.socket.close()
  })

  it('comes to the end of a line that never ends, and its answer stays small', async () => {
    const { port, log } = await start()
    const client = await connect(port)
    writeFileSync(log, 'before\n')
    appendFileSync(log, 'x'.repeat(10 * 1024 * 1024))
    const first = await client.request('logs.tail', { maxBytes: 1_000_000 }, 'first')
    expect(first.payload).toMatchObject({ lines: [], truncated: true, cursor: statSync(log).size })
    appendFileSync(log, '\nafter\n')
    const next = await client.request('logs.tail', { cursor: first.payload?.cursor }, 'next')
    expect(next.payload).toMatchObject({ lines: ['after'] })
    writeFileSync(log, `${'\u0001'.repeat(1_000)}\n`.repeat(900))
    const wide = await client.request('logs.tail', { maxBytes: 1_000_000, limit: 5_000 }, 'wide')
    expect(JSON.stringify(wide).length).toBeLessThan(1_100_000)
    expect(wide.payload).toMatchObject({ truncated: true })
    client.socket.close()
  })

  it('closes a client that asks and does not read', async () => {
    const { port, gateway, log } = await start('--verbose')
    appendFileSync(log, `${'x'.repeat(999)}\n`.repeat(1_000))
    const client = await connect(port)
    client.socket.pause()
    let count = 0
    const asking = setInterval(() => {
      count += 1
      client.send(`t${count}`, 'logs.tail', { maxBytes: 1_000_000, limit: 5_000 })
    }, 30)
    await gateway.untilOutput('reason=slow consumer').finally(() => clearInterval(asking))
    client.socket.resume()
    // The word of it comes after all that waits, and whoever takes longer than a second is cut off.
    expect([1008, 1006]).toContain((await client.closed).code)
  })
})
