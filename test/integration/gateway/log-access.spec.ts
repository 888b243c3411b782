import { readdirSync, readFileSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectParams } from '../../unit/gateway/server/device.ts'
import { freePort, homes, programs, token } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'

const home = homes()
const run = programs()

/** As bytes on the wire: a client library would not send such a path. */
function visit(port: number, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** Until the gateway hangs up. */
function proxyThrough(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('CONNECT example.org:443 HTTP/1.1\r\n\r\n'))
    socket.on('error', () => {})
    socket.resume().once('close', () => resolve())
  })
}

describe('the access log', () => {
  it('says who came, from where and with what result; no secret, nothing hostile, and a flood in few lines', async () => {
    const { base, env } = home('{ gateway: { mode: "local" } }')
    const port = await freePort()
    const gateway = run(['gateway', '--port', String(port)], env)
    await gateway.untilOutput('The gateway is ready')
    const client = await openSocket(port, { 'User-Agent': token })
    await client.request('connect', connectParams(token))
    client.socket.close()
    await client.closed
    await openSocket(port, { Origin: `http://${token}.example` }).catch(() => {})
    await visit(port, `/${token}?token=${token}`, { 'User-Agent': 'x'.repeat(15_000), Referer: token })
    await visit(port, '/%1b%5b2J', { 'X-Forwarded-For': '203.0.113.5' })
    // What Node would answer by itself.
    expect(await visit(port, '/health', { Expect: 'wonders' })).toBe(417)
    await proxyThrough(port)
    for (let count = 0; count < 50; count += 1) await visit(port, '/health', {})
    for (let count = 0; count < 200; count += 1) await visit(port, '/guess', {})
    gateway.child.kill('SIGTERM')
    expect(await gateway.exit).toBe(0)

    const [name = ''] = readdirSync(join(base, 'log')).filter((each) => each.startsWith('access-'))
    const path = join(base, 'log', name)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const text = readFileSync(path, 'utf8')
    for (let at = 0; at + 12 <= token.length; at += 1) expect(text).not.toContain(token.slice(at, at + 12))
    const facts = text
      .trimEnd()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line)[1])
    const [connected] = facts.filter(({ kind }) => kind === 'connect')
    expect(connected).toMatchObject({ from: '127.0.0.1', client: { id: connectParams(token).client.id } })
    expect(facts.find(({ kind }) => kind === 'disconnect')).toMatchObject({
      connId: connected?.connId,
      durationMs: expect.any(Number),
    })
    expect(facts.filter(({ kind, count }) => kind === 'refused' && !count)).toHaveLength(1)
    expect(facts).toContainEqual(expect.objectContaining({ status: 417, reason: 'expectation' }))
    expect(facts).toContainEqual(expect.objectContaining({ from: '127.0.0.1', reason: 'no_proxy' }))
    // Not by whom the header names: no proxy is trusted.
    expect(text).not.toContain('203.0.113.5')
    const looks = facts.filter(({ request: asked, status }) => asked === 'GET /health' && status === 200)
    expect(looks.map(({ count = 1 }) => Number(count)).reduce((sum, count) => sum + count, 0)).toBe(50)
    expect(looks.length).toBeLessThanOrEqual(2)
    const guesses = facts.filter(({ request: asked }) => asked === 'GET /guess')
    expect(guesses.length).toBeLessThan(70)
    const others = facts.filter(({ kind, count }) => kind === 'refused' && count)
    const left = others.map(({ count }) => Number(count)).reduce((sum, count) => sum + count, 0)
    expect(guesses.length + left).toBe(200)
  })
})
