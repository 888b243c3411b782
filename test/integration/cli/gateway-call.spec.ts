import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { freePort, homes, programs, token } from '../gateway/gateway-process.ts'

const home = homes()
const run = programs()
const servers: WebSocketServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function moltbot(env: Record<string, string>, ...args: string[]) {
  const program = run(args, env)
  const code = await program.exit
  return { code, ...program.output() }
}

interface Asked {
  readonly method: string
  readonly params: Record<string, unknown>
}

/** A gateway that keeps what it is asked, and whose every answer gives the secret back. */
async function indiscreetGateway() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  const asked: Asked[] = []
  server.on('connection', (socket) => {
    const send = (frame: object) => socket.send(JSON.stringify(frame))
    send({ type: 'event', event: 'connect.challenge', payload: { nonce: 'n', ts: 1 } })
    socket.on('message', (data) => {
      const { id, method, params } = JSON.parse(String(data))
      asked.push({ method, params })
      const payload = { ok: true, ts: 1, durationMs: 1, path: `/tmp/${token}`, sessions: [{ key: token }] }
      if (method === 'refuse.me') {
        const error = { code: 'UNAVAILABLE', message: `not with ${token}` }
        send({ type: 'res', id, ok: false, error })
      } else send({ type: 'res', id, ok: true, payload })
    })
  })
  const { port } = server.address() as AddressInfo
  return { port: String(port), asked }
}

/** A gateway of the user nobody that prints its port, and then whatever it is told. */
const ofNobody = `
  import { WebSocketServer } from 'ws'
  process.setgroups([])
  process.setgid(65534)
  process.setuid(65534)
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('listening', () => console.log(server.address().port))
  server.on('connection', (socket) => {
    console.log('connected')
    socket.on('message', (data) => console.log(String(data)))
    socket.send(JSON.stringify({ type: 'event', event: 'connect.challenge', payload: { nonce: 'n', ts: 1 } }))
  })`

describe('gateway call', () => {
  it('prints what the gateway answers, and what it refuses', async () => {
    const { env } = home('{}')
    const port = String(await freePort())
    const here = { ...env, CLAWDBOT_GATEWAY_PORT: port }
    const gateway = run(['gateway', '--port', port], env)
    await gateway.untilOutput('Gateway ready')
    const [status, tail, probe, health, unknown, unfit] = await Promise.all([
      moltbot(here, 'gateway', 'call', 'status'),
      moltbot(env, 'gateway', 'call', 'logs.tail', '--params', '{"limit": 1}', '--json', '--port', port),
      moltbot(here, 'gateway', 'probe', '--json'),
      moltbot(here, 'gateway', 'health'),
      moltbot(here, 'gateway', 'call', 'nonesuch', '--json'),
      moltbot(here, 'gateway', 'call', 'health', '--params', '{"a": 1}'),
    ])
    expect(status).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(status.stdout)).toMatchObject({ pid: gateway.pid, port: Number(port) })
    expect(JSON.parse(tail.stdout).lines).toHaveLength(1)
    const found = JSON.parse(probe.stdout)
    expect(found).toMatchObject({ ok: true, reachable: true, protocol: 3 })
    expect(found.methods).toEqual(expect.arrayContaining(['health', 'status', 'sessions.list']))
    expect(health).toMatchObject({ code: 0, stderr: '' })
    expect(health.stdout).toMatch(/^The gateway is well/)
    expect(unknown.code).toBe(1)
    expect(JSON.parse(unknown.stdout)).toMatchObject({ ok: false, code: 'GATEWAY_REFUSED_CALL' })
    expect(unfit.code).toBe(1)
    expect(unfit.stderr).toContain('health')
  })

  it('shows no secret, whatever the gateway gives back, and asks for no more rights than it needs', async () => {
    const { env } = home('{}')
    const { port, asked } = await indiscreetGateway()
    const here = { ...env, CLAWDBOT_GATEWAY_PORT: port }
    const answers = await Promise.all([
      moltbot(here, 'gateway', 'call', 'anything.at.all', '--params', '{"x": 1}'),
      moltbot(here, 'gateway', 'call', 'refuse.me'),
      moltbot(here, 'gateway', 'call', 'refuse.me', '--json'),
      moltbot(here, 'sessions', 'list'),
      moltbot(here, 'sessions', '--json'),
      moltbot(here, 'gateway', 'probe'),
    ])
    expect(answers.map(({ code }) => code)).toEqual([0, 1, 1, 0, 0, 0])
    for (const { stdout, stderr } of answers) {
      expect(stdout + stderr).not.toContain(token.slice(0, 12))
      expect(stdout + stderr).not.toBe('')
    }
    expect(JSON.parse(answers[0]?.stdout ?? '')).toMatchObject({ path: '/tmp/***' })
    // It was asked indeed, and with the secret: what is missing above was taken out here.
    const connects = asked.filter(({ method }) => method === 'connect')
    expect(connects).toHaveLength(6)
    for (const { params } of connects) expect(params.auth).toMatchObject({ token })
    const scopes = connects.map(({ params }) => String(params.scopes)).toSorted()
    expect(scopes).toEqual([
      ...Array.from({ length: 3 }, () => 'operator.admin'),
      ...Array.from({ length: 3 }, () => 'operator.read'),
    ])
    expect(asked).toContainEqual({ method: 'anything.at.all', params: { x: 1 } })
  })

  it('says 2 for what is typed wrongly, and takes no secret from the command line', async () => {
    const { env } = home('{}')
    const { port, asked } = await indiscreetGateway()
    const here = { ...env, CLAWDBOT_GATEWAY_PORT: port }
    const answers = await Promise.all([
      moltbot(here, 'gateway', 'call', 'status', '--params', '[1]'),
      moltbot(here, 'gateway', 'call', 'status', '--params', '{'),
      moltbot(here, 'gateway', 'call', 'status', '--token', 'typed-secret-0123456789'),
      moltbot(here, 'gateway', 'probe', '--password', 'typed-secret-0123456789'),
      moltbot(here, 'gateway', 'call', 'status', '--url', 'ws://example.org'),
      moltbot(here, 'gateway', 'call', 'status', '--port', '0'),
    ])
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2])
    for (const { stdout, stderr } of answers) expect(stdout + stderr).not.toContain('typed-secret')
    expect(answers[2]?.stderr).toContain('CLAWDBOT_GATEWAY_TOKEN')
    expect(asked).toEqual([])
    const silent = await moltbot(
      { ...env, CLAWDBOT_GATEWAY_PORT: String(await freePort()) },
      'gateway',
      'probe',
    )
    expect(silent.code).toBe(3)
  })

  it.skipIf(process.getuid?.() !== 0)(
    'says no secret to a gateway of another user [needs root, to start one]',
    async () => {
      const { env } = home('{}')
      const root = resolve(import.meta.dirname, '../../..')
      const other = spawn(process.execPath, ['--input-type=module', '-e', ofNobody], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      try {
        let heard = ''
        other.stdout.on('data', (piece) => {
          heard += piece
        })
        await once(other.stdout, 'data')
        const port = heard.trim()
        const here = { ...env, CLAWDBOT_GATEWAY_PORT: port }
        const answers = await Promise.all([
          moltbot(here, 'health', '--timeout', '3000'),
          moltbot(env, 'gateway', 'call', 'status', '--port', port, '--timeout', '3000'),
          moltbot(here, 'gateway', 'probe', '--timeout', '3000'),
        ])
        expect(answers.map(({ code }) => code)).toEqual([3, 3, 3])
        for (const { stderr } of answers) expect(stderr).toContain(`pid ${other.pid}`)
        expect(heard).toBe(`${port}\n`)
      } finally {
        other.kill('SIGKILL')
        await once(other, 'close')
      }
    },
  )
})
