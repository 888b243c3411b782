// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the reference is the configuration’s own
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { spawn } from '@lydell/node-pty'
import { afterEach, describe, expect, it } from 'vitest'
import { commandLine, freePort, homes, programs, token } from '../gateway/gateway-process.ts'

const home = homes()
const run = programs()
const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
})

async function health(env: Record<string, string>, ...args: string[]) {
  const program = run(['health', ...args], env)
  const code = await program.exit
  return { code, ...program.output() }
}

async function listen(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return String(typeof address === 'object' && address ? address.port : 0)
}

/** On a terminal. */
async function healthShown(env: Record<string, string>, ...args: string[]) {
  const pty = spawn(process.execPath, [commandLine, 'health', ...args], { env, cols: 100 })
  let shown = ''
  pty.onData((piece) => {
    shown += piece
  })
  const code = await new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)))
  return { code, shown }
}

describe('health, where no host runs', () => {
  it('asks the gateway itself', async () => {
    const { env } = home('{ gateway: { auth: { token: "${CLAWDBOT_GATEWAY_TOKEN}" } } }')
    const port = String(await freePort())
    await run(['gateway', '--port', port], env).untilOutput('Gateway ready')
    const plain = await health({ ...env, CLAWDBOT_GATEWAY_PORT: port })
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    expect(plain.stdout).toMatch(/^The gateway is well: version \d/)
    const json = await health(env, '--port', port, '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, channels: {} })

    const wrong = await health({ ...env, CLAWDBOT_GATEWAY_TOKEN: 'a-wrong-token' }, '--port', port)
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toContain('refused the token')
    expect(wrong.stderr).not.toContain('a-wrong-token')
  })

  it('says 3 and what to do where nothing listens', async () => {
    const { env } = home('{}')
    const port = String(await freePort())
    const plain = await health(env, '--port', port)
    expect(plain.code).toBe(3)
    expect(plain.stderr).toContain('moltbot service start')
    const json = await health(env, '--port', port, '--json')
    expect(json.code).toBe(3)
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, code: 'GATEWAY_UNREACHABLE' })
  })

  it('ends in time beside programs that are no gateway', async () => {
    const { env } = home('{}')
    const silent = await listen(createServer((socket) => socket.on('error', () => socket.destroy()).resume()))
    const started = performance.now()
    const web = await listen(createHttpServer((_, response) => response.end('<html>')))
    const [soon, late, answered] = await Promise.all([
      healthShown(env, '--port', silent, '--timeout', '300'),
      healthShown(env, '--port', silent, '--timeout', '1800'),
      health(env, '--port', web),
    ])
    expect([soon.code, late.code]).toEqual([3, 3])
    // What takes longer than a second says so, and takes that back before it tells how it went.
    expect(soon.shown).not.toContain('Asking')
    expect(late.shown.split('Asking the gateway…\r\u001b[K')[1]).toContain('did not answer')
    expect(answered.code).toBe(1)
    expect(answered.stderr).toContain('cannot be understood')
    expect(performance.now() - started).toBeLessThan(8_000)
  })

  it('says 78 where the configuration is broken or has no token', async () => {
    expect((await health(home('{').env)).code).toBe(78)
    const { CLAWDBOT_GATEWAY_TOKEN: _, ...bare } = home('{}').env
    expect((await health(bare)).code).toBe(78)
  })

  it('never prints the token', async () => {
    const { env } = home('{}')
    const echo = await listen(createServer((socket) => socket.pipe(socket)))
    for (const args of [
      ['--port', echo],
      ['--port', echo, '--json'],
    ]) {
      const { stdout, stderr } = await health(env, ...args)
      expect(stdout + stderr).not.toContain(token.slice(0, 12))
    }
  })
})
