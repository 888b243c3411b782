import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { stateLockPath } from '../../../../host/gateway/find-lock-holder.ts'
import { identifyGateway } from '../../../../host/gateway/identify-gateway.ts'
import { openProcessTable } from '../../../../host/processes/open-process-table.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { freePort, homes, programs, token } from '../../gateway/gateway-process.ts'

const home = homes()
const run = programs()
const table = openProcessTable()
const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((done) => server.close(done))
})

const readToken = async () => token
const ask = (port: number, more: { configPath?: string; readToken?: () => Promise<string> } = {}) =>
  identifyGateway({ port, table, configPath: '/nowhere/moltbot.json', readToken, ...more })

/** A server of this process on a port of its own; `heard` is every byte that it was sent. */
async function squat(answer: (socket: Socket) => void): Promise<{ port: number; heard: () => string }> {
  let heard = ''
  const server = createServer((socket) => {
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      answer(socket)
    })
    socket.on('error', () => {})
  })
  servers.push(server)
  const port = await listen(server)
  return { port, heard: () => heard }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const http = (body: string, type: string) =>
  `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`

describeWith(['procfs'], 'who listens on the gateway’s port', () => {
  it.each([
    ['garbage', (socket: Socket) => socket.end('SSH-2.0-squatter\r\n')],
    ['200 HTML', (socket: Socket) => socket.end(http('<html>hello</html>', 'text/html'))],
    [
      'JSON that says it is live',
      (socket: Socket) => socket.end(http('{"ok":true,"status":"live"}', 'application/json')),
    ],
    ['nothing, and closes', (socket: Socket) => socket.destroy()],
  ])('that answers %s is no gateway, and is sent no token', async (_, answer) => {
    const squatter = await squat(answer)
    expect(await ask(squatter.port)).toBeNull()
    expect(squatter.heard()).toContain('GET / ')
    expect(squatter.heard()).not.toContain(token)
  })

  it('that upgrades but never speaks the protocol is sent no token', async () => {
    const server = createHttpServer()
    servers.push(server)
    const sockets = new WebSocketServer({ server })
    let heard = ''
    sockets.on('connection', (socket) => {
      socket.on('message', (data) => {
        heard += String(data)
      })
      socket.send('{"type":"event","event":"hello"}')
      setTimeout(() => socket.close(), 100)
    })
    expect(await ask(await listen(server))).toBeNull()
    expect(heard).toBe('')
  })

  it('is nobody where nothing listens', async () => {
    expect(await ask(await freePort())).toBeNull()
  })

  it('that is a gateway is adopted by its answer to our token, and is foreign where it wants another', async () => {
    const { env, configPath, base } = home('{ gateway: { mode: "local" } }')
    const port = await freePort()
    const gateway = run(['gateway', '--port', String(port)], env)
    await gateway.untilOutput('The gateway is ready')
    const found = await ask(port)
    expect(found?.other).toMatchObject({
      kind: 'adopted',
      identity: { pid: gateway.pid },
      program: 'node',
      unwell: null,
    })
    expect(found?.version).toMatch(/^\d+\.\d+\.\d+/)
    const elsewhere = { readToken: async () => 'another-token-0123456789abcdef0123456789' }
    expect((await ask(port, elsewhere))?.other).toMatchObject({
      kind: 'foreign',
      problem: { code: 'GATEWAY_REFUSED_TOKEN' },
    })
    // Where no token can be read, the lock that it holds says that it is one for our state.
    const locked = () => Promise.reject(new Error('locked'))
    process.env.TMPDIR = join(base, 'tmp')
    try {
      expect((await ask(port, { configPath, readToken: locked }))?.other).toMatchObject({
        kind: 'adopted',
        unwell: { code: 'GATEWAY_UNREACHABLE' },
      })
    } finally {
      delete process.env.TMPDIR
    }
    expect(await ask(port, { readToken: locked })).toBeNull()
  })

  it('of our state that does not answer is known by its lock', async () => {
    const { configPath, base } = home('{}')
    const silent = await squat((socket) => socket.destroy())
    const folder = join(base, 'tmp')
    const lockPath = stateLockPath(configPath, folder, process.getuid?.() ?? -1)
    mkdirSync(join(lockPath, '..'), { recursive: true, mode: 0o700 })
    const self = table.identify(process.pid)
    const record = { pid: process.pid, createdAt: new Date().toISOString(), configPath }
    writeFileSync(lockPath, JSON.stringify({ ...record, startTime: Number(self?.startTime) }), {
      mode: 0o600,
    })
    // A lock that names this very process is never believed: the host itself is no gateway.
    process.env.TMPDIR = folder
    try {
      expect(await ask(silent.port, { configPath })).toBeNull()
    } finally {
      delete process.env.TMPDIR
    }
  })
})

const isRoot = process.getuid?.() === 0
const nobody = 65_534

/** As another user: a gateway's manners, and it writes down all that it is sent. */
const theirProgram = `
const { createServer } = require('node:http')
const { createHash } = require('node:crypto')
const server = createServer((request, response) => {
  process.stdout.write('heard ' + request.method + ' ' + request.url + ' ' + JSON.stringify(request.headers) + '\\n')
  response.setHeader('content-type', 'application/json').end('{"ok":true,"status":"live","version":"9.9.9"}')
})
server.on('upgrade', (request, socket) => {
  const key = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + key.digest('base64') + '\\r\\n\\r\\n')
  const frame = Buffer.from(JSON.stringify({ type: 'event', event: 'connect.challenge', payload: { nonce: 'n', ts: 1 } }))
  socket.write(Buffer.concat([Buffer.from([0x81, frame.length]), frame]))
  socket.on('data', (chunk) => process.stdout.write('heard ' + unmasked(chunk) + '\\n'))
})
function unmasked(chunk) {
  const at = (chunk[1] & 127) === 126 ? 4 : 2
  const mask = chunk.subarray(at, at + 4)
  return Buffer.from(chunk.subarray(at + 4).map((byte, index) => byte ^ mask[index % 4])).toString()
}
server.listen(Number(process.argv[1]), '127.0.0.1', () => process.stdout.write('listening\\n'))
`

describe.skipIf(!isRoot)('another user’s gateway [needs root, to start one]', () => {
  let theirs: ChildProcess | null = null
  afterEach(async () => {
    const ended = new Promise((done) => theirs?.once('exit', done))
    theirs?.kill('SIGKILL')
    await ended
  })

  it('is named, and is sent no token', async () => {
    const port = await freePort()
    let output = ''
    theirs = spawn(process.execPath, ['-e', theirProgram, String(port)], {
      uid: nobody,
      gid: nobody,
      cwd: '/',
      env: { MOLTBOT_TEST_RUN: process.env.MOLTBOT_TEST_RUN },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    theirs.stdout?.on('data', (chunk) => {
      output += chunk
    })
    await until(() => output.includes('listening'), 'the other user’s gateway')
    const found = await ask(port)
    expect(found?.other).toMatchObject({
      kind: 'foreign',
      identity: { pid: theirs.pid },
      user: 'nobody',
      problem: { code: 'GATEWAY_FOREIGN', params: { port, user: 'nobody' } },
    })
    expect(output).toContain('heard GET /health')
    expect(output).not.toContain(token)
  })
})
