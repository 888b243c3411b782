import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type BrowserServer, openBrowserServer } from '../../../../host/transports/browser/browser-server.ts'
import { BrowserSessions } from '../../../../host/transports/browser/sessions.ts'
import { HostEvents } from '../../../../host/transports/host-events.ts'
import { type HostCall, type HostHandlers, hostCalls } from '../../../../shared/host-api.ts'

const calls: string[] = []
const refuse = () => {
  throw new Error('not asked for here')
}
const view = {
  revision: 1,
  state: { name: 'stopped', why: 'requested', since: 0 },
  port: 1,
  intent: 'stopped',
  version: null,
  crashes: 0,
} as const
const refusing = Object.fromEntries(Object.keys(hostCalls).map((call) => [call, refuse]))
const handlers: HostHandlers = {
  ...(refusing as Record<HostCall, () => never>),
  'host.link': () => ({ url: 'private' }),
  'gateway.call': () => ({ payload: 'private' }),
  'gateway.stop'() {
    calls.push('stop')
    return view
  },
  'timeline.page': () => ({ entries: [], more: false }),
}

let root: string
let server: BrowserServer
let sessions: BrowserSessions
const events = new HostEvents()
let origin: string
let address: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'moltbot-page-'))
  await mkdir(join(root, 'assets'))
  await writeFile(join(root, 'index.html'), '<!doctype html>')
  sessions = new BrowserSessions(() => performance.now())
  server = await openBrowserServer({ port: 0, pageRoot: root, sessions, handlers, events })
  address = `127.0.0.1:${server.port}`
  origin = `http://${address}`
})
afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true })
})
beforeEach(() => calls.splice(0))

/** A raw request, so that headers may be wrong, doubled or missing. */
function ask(lines: readonly string[], body = ''): Promise<string> {
  return new Promise((done) => {
    const socket = createConnection(server.port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => {})
    socket.once('close', () => done(answer))
    socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`)
  })
}

const status = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)

function redeem(code: string, headers: Record<string, string> = {}) {
  return fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ code }),
  })
}

async function signIn(): Promise<{ cookie: string; key: string }> {
  const answer = await redeem(sessions.issueCode())
  const { key } = await answer.json()
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', key }
}

/** What the server sends, and the code it closes with; `refused` where there was no WebSocket at all. */
function talk(headers: Record<string, string>, frames: readonly string[], path = '/contract', waitMs = 300) {
  return new Promise<{ said: string[]; closed: number | 'refused' | null }>((done) => {
    const said: string[] = []
    const socket = new WebSocket(`ws://${address}${path}`, { headers: { origin, ...headers } })
    const timer = setTimeout(() => {
      done({ said, closed: null })
      socket.terminate()
    }, waitMs)
    const end = (closed: number | 'refused') => {
      clearTimeout(timer)
      done({ said, closed })
    }
    socket.on('open', () => {
      for (const frame of frames) socket.send(frame)
    })
    socket.on('message', (data) => said.push(String(data)))
    socket.on('close', (code) => end(code))
    socket.on('error', () => end('refused'))
  })
}

const stop = JSON.stringify({ id: 1, call: 'gateway.stop', args: [] })

describe('the page', () => {
  it('comes with a policy that lets no foreign script, frame or form in', async () => {
    const answer = await fetch(origin)
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['a rebound name', ['Host: evil.example']],
    ['localhost', [`Host: localhost:%PORT%`]],
    ['no Host', []],
    ['two Hosts', ['Host: 127.0.0.1:%PORT%', 'Host: evil.example']],
    ['a trailing dot', ['Host: 127.0.0.1.:%PORT%']],
    ['another port', ['Host: 127.0.0.1:1']],
    ['no port', ['Host: 127.0.0.1']],
    ['a decimal address', ['Host: 2130706433:%PORT%']],
    ['user info', ['Host: a@127.0.0.1:%PORT%']],
  ])('is not served to %s', async (_, hosts) => {
    const answer = await ask([
      'GET / HTTP/1.1',
      ...hosts.map((line) => line.replace('%PORT%', String(server.port))),
    ])
    expect([400, 421]).toContain(status(answer))
    expect(answer).not.toContain('doctype')
  })

  it('is read only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await fetch(origin, { method })).status).toBe(405)
    }
  })
})

describe('the exchange of a code', () => {
  it('gives a cookie that scripts and other sites do not get, and a key', async () => {
    const answer = await redeem(sessions.issueCode())
    expect(answer.status).toBe(200)
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(
      new RegExp(`^moltbot_host_${server.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/; `),
    )
    expect((await answer.json()).key).toMatch(/^[\w-]{43}$/)
  })

  it('works once', async () => {
    const code = sessions.issueCode()
    expect((await redeem(code)).status).toBe(200)
    const replay = await redeem(code)
    expect(replay.status).toBe(403)
    expect(await replay.json()).toEqual({ code: 'SESSION_CODE_USED', params: {} })
    expect(replay.headers.get('set-cookie')).toBeNull()
  })

  it.each(['', 'guess', '../..', 'x'.repeat(5_000)])('refuses %j', async (code) => {
    expect((await redeem(code)).status).toBe(403)
  })

  it.each([
    ['another origin', 'http://evil.example'],
    ['an opaque origin', 'null'],
    ['localhost', 'http://localhost:%PORT%'],
    ['another port', 'http://127.0.0.1:1'],
    ['a prefix', 'http://127.0.0.1:%PORT%.evil.example'],
    ['https', 'https://127.0.0.1:%PORT%'],
  ])('refuses %s, and leaves the code for its owner', async (_, foreign) => {
    const code = sessions.issueCode()
    const answer = await redeem(code, { origin: foreign.replace('%PORT%', String(server.port)) })
    expect(answer.status).toBe(403)
    expect((await redeem(code)).status).toBe(200)
  })

  it('refuses a form, which any site may post', async () => {
    const code = sessions.issueCode()
    const body = JSON.stringify({ code })
    const answer = await ask(
      [
        'POST /session HTTP/1.1',
        `Host: ${address}`,
        `Origin: ${origin}`,
        'Content-Type: text/plain',
        `Content-Length: ${body.length}`,
      ],
      body,
    )
    expect(status(answer)).toBe(403)
  })

  it('refuses a request that says no origin', async () => {
    const body = JSON.stringify({ code: sessions.issueCode() })
    const answer = await ask(
      [
        'POST /session HTTP/1.1',
        `Host: ${address}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
      ],
      body,
    )
    expect(status(answer)).toBe(403)
  })

  it('ends an endless body', async () => {
    const answer = await new Promise<number>((done) => {
      const sending = request(
        {
          host: '127.0.0.1',
          port: server.port,
          path: '/session',
          method: 'POST',
          headers: { origin, 'content-type': 'application/json' },
        },
        (response) => {
          response.resume()
          done(response.statusCode ?? 0)
        },
      )
      sending.on('error', () => done(403))
      sending.write('x'.repeat(100_000))
    })
    expect(answer).toBe(403)
  })
})

describe('the contract in a browser', () => {
  it('is served to cookie and key of one session', async () => {
    const { cookie, key } = await signIn()
    const { said } = await talk({ cookie }, [JSON.stringify({ auth: key }), stop])
    expect(said.map((text) => JSON.parse(text))).toEqual([{ ready: true }, { id: 1, ok: true, value: view }])
    expect(calls).toEqual(['stop'])
  })

  it('sends events to who subscribed, and to nobody else', async () => {
    const { cookie, key } = await signIn()
    const auth = JSON.stringify({ auth: key })
    const subscribed = talk({ cookie }, [auth, '{"subscribe":true}'])
    const silent = talk({ cookie }, [auth])
    const stranger = talk({ cookie }, [])
    await new Promise((done) => setTimeout(done, 100))
    events.emit('gateway.changed', view)
    expect((await subscribed).said.map((text) => JSON.parse(text))).toContainEqual({
      event: 'gateway.changed',
      payload: view,
    })
    expect((await silent).said).toEqual(['{"ready":true}'])
    expect((await stranger).said).toEqual([])
  })

  it('says nothing and does nothing without the cookie, with a wrong key, or before the key', async () => {
    const one = await signIn()
    const two = await signIn()
    const auth = (key: string) => JSON.stringify({ auth: key })
    const attempts = await Promise.all([
      talk({}, [auth(one.key), stop]),
      talk({ cookie: `moltbot_host_${server.port}=guess` }, [auth(one.key), stop]),
      talk({ cookie: one.cookie }, [auth(two.key), stop]),
      talk({ cookie: one.cookie }, [auth(''), stop]),
      talk({ cookie: one.cookie }, [stop, auth(one.key)]),
      talk({ cookie: one.cookie }, ['{"auth":1}', stop]),
      talk({ cookie: one.cookie }, ['no json', stop]),
    ])
    for (const { said, closed } of attempts) {
      expect(said).toEqual([])
      expect(closed).toBe(4401)
    }
    expect(calls).toEqual([])
  })

  it.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['localhost', { origin: 'http://localhost:%PORT%' }],
    ['a rebound Host', { host: 'evil.example' }],
    ['localhost as Host', { host: 'localhost:%PORT%' }],
  ])('opens no WebSocket for %s, even with the session', async (_, headers) => {
    const { cookie, key } = await signIn()
    const wrong = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('%PORT%', String(server.port))]),
    )
    const { closed } = await talk({ cookie, ...wrong }, [JSON.stringify({ auth: key }), stop])
    expect(closed).toBe('refused')
    expect(calls).toEqual([])
  })

  it('opens no WebSocket without an Origin, or on another path', async () => {
    const { cookie } = await signIn()
    const upgrade = [
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ]
    const bare = await ask(['GET /contract HTTP/1.1', `Host: ${address}`, `Cookie: ${cookie}`, ...upgrade])
    expect(status(bare)).not.toBe(101)
    expect((await talk({ cookie }, [], '/other')).closed).toBe('refused')
  })

  it('survives a thousand refused WebSockets whose peers are gone at once', async () => {
    const upgrade = `GET /contract HTTP/1.1\r\nHost: ${address}\r\nOrigin: http://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
    let uncaught = 0
    const count = () => {
      uncaught += 1
    }
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', count)
    for (let round = 0; round < 20; round++) {
      const peers = Array.from({ length: 50 }, () => {
        const socket = createConnection(server.port, '127.0.0.1')
        socket.on('error', () => {})
        socket.write(upgrade, () => socket.resetAndDestroy())
        return new Promise((done) => socket.once('close', done))
      })
      await Promise.all(peers)
    }
    await new Promise((done) => setTimeout(done, 100))
    process.off('uncaughtException', count)
    for (const listener of others) process.on('uncaughtException', listener)
    expect(uncaught).toBe(0)
    expect((await fetch(origin)).status).toBe(200)
  })

  it('does not hand out what belongs to the control socket', async () => {
    const { cookie, key } = await signIn()
    const order = { method: 'config.set', params: {}, scopes: ['operator.admin'], timeoutMs: 1_000 }
    const asks = [
      { id: 1, call: 'host.link', args: [] },
      { id: 2, call: 'gateway.call', args: [order] },
    ]
    const frames = asks.map((ask) => JSON.stringify(ask))
    const { said } = await talk({ cookie }, [JSON.stringify({ auth: key }), ...frames])
    expect(said.slice(1).map((text) => JSON.parse(text).code)).toEqual(['CALL_NOT_HERE', 'CALL_NOT_HERE'])
    expect(said.join()).not.toContain('private')
  })

  it.each([
    ['a frame over the limit', 'x'.repeat(70_000), 1009],
    ['no frame', 'hello', 1003],
  ])('closes after %s', async (_, frame, code) => {
    const { cookie, key } = await signIn()
    expect((await talk({ cookie }, [JSON.stringify({ auth: key }), frame])).closed).toBe(code)
  })

  it('closes on who never says the key', { timeout: 10_000 }, async () => {
    const { cookie } = await signIn()
    expect((await talk({ cookie }, [], '/contract', 7_000)).closed).toBe(4401)
  })
})
