import { type ClientRequestArgs, request as httpRequest } from 'node:http'
import { createConnection } from 'node:net'
import { describe, expect, it } from 'vitest'
import { freePort, homes, programs } from './gateway-process.ts'

const home = homes()
const run = programs()

async function start() {
  const { env } = home('{ gateway: { mode: "local" } }')
  const port = await freePort()
  await run(['gateway', '--port', String(port)], env).untilOutput('Gateway ready')
  return port
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
      '/metrics',
    ]) {
      expect(await ask(port, { path })).toMatchObject({ status: 404, body: 'Not found\n' })
    }
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
    const port = await start()
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
  })
})
