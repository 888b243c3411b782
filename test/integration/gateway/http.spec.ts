import { mkdirSync, readdirSync } from 'node:fs'
import { type ClientRequestArgs, request as httpRequest } from 'node:http'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freePort, homes, programs, token } from './gateway-process.ts'

const home = homes()
const run = programs()

async function start() {
  return (await startWith()).port
}

async function startWith() {
  const { env, stateDir, readLog } = home('{ gateway: { mode: "local" } }')
  const port = await freePort()
  const gateway = run(['gateway', '--port', String(port)], env)
  await gateway.untilOutput('The gateway is ready')
  return { port, pid: gateway.pid, stateDir, readLog }
}

function ask(port: number, options: ClientRequestArgs = {}, body?: string) {
  return new Promise<{ status: number; type: string; body: string }>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path: '/health', ...options }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: text,
        }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** What comes back for bytes as they are, until the server closes. */
function askRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = createConnection(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}

describe('HTTP', () => {
  it('says at /health that it is live, and nothing elsewhere', async () => {
    const port = await start()
    const health = await ask(port)
    expect(health).toMatchObject({ status: 200, type: 'application/json; charset=utf-8' })
    expect(JSON.parse(health.body)).toEqual({
      ok: true,
      status: 'live',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptimeMs: expect.any(Number),
    })
    expect(await ask(port, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
    expect(await ask(port, { method: 'POST' }, 'x=1')).toMatchObject({ status: 405 })
    for (const path of [
      '/',
      '/healthz',
      '/health?token=1',
      '/health/../health',
      '/%2e%2e/health',
      '/health?check=everything',
      '/metrics/',
    ]) {
      expect(await ask(port, { path })).toMatchObject({ status: 404, body: 'Not found\n' })
    }
  })

  it('tells whether it can be given work, and to its owner what is not well', async () => {
    const { port, pid, stateDir, readLog } = await startWith()
    const ready = await ask(port, { path: '/health?check=ready' })
    expect([ready.status, JSON.parse(ready.body)]).toMatchObject([200, { ok: true, status: 'ready' }])
    expect(await ask(port, { path: '/health?check=live' })).toMatchObject({ status: 200 })
    const deep = (secret?: string, method = 'GET') => {
      const headers = secret === undefined ? {} : { Authorization: `Bearer ${secret}` }
      return ask(port, { path: '/health?check=deep', headers, method })
    }
    for (const secret of [undefined, 'wrong', `${token}x`, token.slice(1)]) {
      const refused = await deep(secret)
      expect(refused.status).toBe(401)
      expect(refused.body).not.toContain('{')
    }
    const well = await deep(token)
    expect(well.status).toBe(200)
    expect(JSON.parse(well.body)).toMatchObject({ ok: true, status: 'well' })
    expect(Object.keys(JSON.parse(well.body).checks).sort()).toEqual(
      ['config', 'eventLoop', 'lock', 'log', 'state', 'taking'].sort(),
    )
    expect(readdirSync(stateDir).filter((name) => name.startsWith('.health'))).toEqual([])
    expect(await deep(token, 'HEAD')).toMatchObject({ status: 200, body: '' })
    // What it tries to write can no longer be written.
    mkdirSync(join(stateDir, `.health-${pid}.tmp`))
    const unwell = await deep(token)
    expect(unwell.status).toBe(503)
    const { checks } = JSON.parse(unwell.body)
    expect(checks.state).toMatchObject({ ok: false, reason: 'EISDIR' })
    expect(checks.log).toMatchObject({ ok: true })
    for (const text of [well.body, unwell.body, readLog()]) expect(text).not.toContain(token.slice(0, 12))
  })

  it('answers only to its own two names, whatever a proxy claims', async () => {
    const port = await start()
    const statusFor = async (host: string, more = {}) =>
      (await ask(port, { headers: { Host: host, ...more } })).status
    expect(await statusFor(`127.0.0.1:${port}`)).toBe(200)
    expect(await statusFor(`localhost:${port}`)).toBe(200)
    const others = [
      'evil.example',
      `127.0.0.1`,
      `127.0.0.1:${port + 1}`,
      `127.0.0.1.:${port}`,
      `localhost.:${port}`,
    ]
    others.push(`127.evil.example:${port}`, `2130706433:${port}`, `user@127.0.0.1:${port}`, `[::1]:${port}`)
    for (const host of others) {
      expect([host, await statusFor(host)]).toEqual([host, 403])
      const claims = {
        'X-Forwarded-Host': `127.0.0.1:${port}`,
        'X-Forwarded-For': '127.0.0.1',
        Forwarded: 'for=127.0.0.1',
      }
      expect([host, await statusFor(host, claims)]).toEqual([host, 403])
    }
    const twice = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`
    expect(await askRaw(port, twice)).not.toMatch(/^HTTP\/1.1 200/)
    const empty = 'GET /health HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n'
    expect(await askRaw(port, empty)).toMatch(/^HTTP\/1.1 403/)
    expect(await askRaw(port, 'GET /health HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 400/)
  })

  it('bounds headers, bodies and patience', async () => {
    const { port, readLog } = await startWith()
    const huge = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`
    expect(await askRaw(port, huge)).toMatch(/^HTTP\/1.1 431/)
    const endless = `POST /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`
    const smuggled = `POST /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`
    const startedAt = performance.now()
    const [body, both, slow] = await Promise.all([
      askRaw(port, endless),
      askRaw(port, smuggled),
      askRaw(port, 'GET /health HTTP/1.1\r\nHost: 127'),
    ])
    expect(body).toMatch(/^HTTP\/1.1 405/)
    expect(both).toMatch(/^HTTP\/1.1 400/)
    expect(slow).toMatch(/^HTTP\/1.1 408/)
    expect(performance.now() - startedAt).toBeLessThan(9_000)
    const visits = readLog()
      .split('\n')
      .filter((line) => line.includes('{\\"subsystem\\":\\"access\\"}'))
    const statuses = visits.map((line) => JSON.parse(line)[1].status)
    expect(statuses.sort()).toEqual([400, 405, 408, 431])
  })
})
