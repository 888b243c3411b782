// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fetchLiveness } from '../../../host/gateway-client/fetch-liveness.ts'
import { connectParams } from '../../unit/gateway/server/device.ts'
import { freePort, homes, programs, token } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'

const home = homes()
const run = programs()
const local = '{ gateway: { mode: "local", auth: { token: "${CLAWDBOT_GATEWAY_TOKEN}" } } }'

describe('a start', () => {
  it('says when it is ready, is live, and logs for this user only', async () => {
    const { env, base } = home(local)
    const port = await freePort()
    const gateway = run(['gateway', '--port', String(port)], env)
    await gateway.untilOutput('The gateway is ready')
    expect(gateway.output().stdout).toContain(
      `Gateway ready: http://127.0.0.1:${port} (pid ${gateway.pid})\n`,
    )
    expect(await fetchLiveness({ port, timeoutMs: 1_000 })).toMatchObject({ kind: 'live' })
    const [file = ''] = readdirSync(join(base, 'log')).filter((name) => name.startsWith('moltbot'))
    expect(file).toMatch(/^moltbot-\d{4}-\d{2}-\d{2}\.log$/)
    expect(statSync(join(base, 'log')).mode & 0o777).toBe(0o700)
    expect(statSync(join(base, 'log', file)).mode & 0o777).toBe(0o600)
  })

  it('takes the port of the environment and of the configuration', async () => {
    const port = await freePort()
    const config = `{ gateway: { port: ${port} } }`
    await run(['gateway'], home(config).env).untilOutput(`Gateway ready: http://127.0.0.1:${port} `)
    const other = await freePort()
    const env = { ...home(config).env, MOLTBOT_GATEWAY_PORT: String(other) }
    await run(['gateway'], env).untilOutput(`Gateway ready: http://127.0.0.1:${other} `)
  })

  it('listens on 127.0.0.1 and nowhere else', async () => {
    const { env } = home(local)
    const port = await freePort()
    await run(['gateway', '--port', String(port)], env).untilOutput('Gateway ready')
    const rows = ['tcp', 'tcp6'].flatMap((name) => readFileSync(`/proc/net/${name}`, 'utf8').split('\n'))
    const hex = port.toString(16).toUpperCase().padStart(4, '0')
    const listening = rows
      .map((row) => row.trim().split(/\s+/))
      .filter(([, at, , state]) => at?.endsWith(`:${hex}`) && state === '0A')
    expect(listening.map(([, at]) => at)).toEqual([`0100007F:${hex}`])
  })
})

describe('a port that is taken', () => {
  it('is named with its holder, who keeps it', async () => {
    const { env } = home(local)
    const squatter = createServer()
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
    const address = squatter.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const gateway = run(['gateway', '--port', String(port)], env)
    expect(await gateway.exit).toBe(1)
    const { stderr } = gateway.output()
    expect(stderr).toContain(`Port ${port} is in use by`)
    expect(stderr).toContain(`pid ${process.pid}`)
    expect(squatter.listening).toBe(true)
    await new Promise((resolve) => squatter.close(resolve))
  })
})

describe('a bad configuration', () => {
  it.each([
    ['syntax', '{\n  gateway: {\n    port 1\n', 'line 3, column 10'],
    ['a value', '{\n  gateway: {\n    port: 0\n  }\n}', 'gateway.port in'],
    ['a value’s place', '{\n  gateway: {\n    port: 0\n  }\n}', 'line 3, column 5'],
    ['a missing variable', '{\n  x: "${NOT_THERE}" }', 'NOT_THERE is not set'],
    [
      'a short secret for others',
      '{ gateway: { bind: "lan", auth: { token: "short" } } }',
      'moltbot secrets set',
    ],
    [
      'an address that is none',
      '{ gateway: { bind: "custom", customBindHost: "here" } }',
      'gateway.customBindHost',
    ],
    ['remote mode', '{ gateway: { mode: "remote" } }', 'gateway.mode'],
    ['no password', '{ gateway: { auth: { mode: "password" } } }', 'CLAWDBOT_GATEWAY_PASSWORD'],
    ['an unknown key', '{\n  gateway: {\n    tokn: "canary" } }', 'gateway.tokn'],
  ])('%s ends with 78 and says where', async (_, config, text) => {
    const { env, configPath } = home(config)
    const port = await freePort()
    const gateway = run(['gateway', '--port', String(port)], env)
    expect(await gateway.exit).toBe(78)
    const { stdout, stderr } = gateway.output()
    expect(stderr).toContain(text)
    if (config.includes('\n')) expect(stderr).toContain(configPath)
    expect(stdout + stderr).not.toContain('canary')
    expect(readFileSync(configPath, 'utf8')).toBe(config)
  })

  it('no token at all ends with 78 and names the variable', async () => {
    const { env } = home('{}')
    const { CLAWDBOT_GATEWAY_TOKEN: _, ...bare } = env
    const gateway = run(['gateway', '--port', '19001'], bare)
    expect(await gateway.exit).toBe(78)
    expect(gateway.output().stderr).toContain('CLAWDBOT_GATEWAY_TOKEN')
  })

  it('a state folder that is a file ends with 78', async () => {
    const { env, stateDir } = home()
    writeFileSync(stateDir, 'mine')
    const gateway = run(['gateway', '--port', '19001'], env)
    expect(await gateway.exit).toBe(78)
    expect(readFileSync(stateDir, 'utf8')).toBe('mine')
  })
})

describe('an end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s is in order, with clients told first', async (signal) => {
    const { env, readLog } = home(local)
    const port = await freePort()
    const gateway = run(['gateway', '--port', String(port)], env)
    await gateway.untilOutput('Gateway ready')
    const client = await openSocket(port)
    await client.request('connect', connectParams(token))
    const unproven = await openSocket(port)
    const startedAt = performance.now()
    gateway.child.kill(signal)
    expect(await client.closed).toMatchObject({ code: 1012 })
    expect(client.frames.at(-1)).toMatchObject({ event: 'shutdown', payload: { reason: expect.any(String) } })
    expect(await unproven.closed).toMatchObject({ code: 1012 })
    expect(unproven.frames.map((frame) => frame.event)).toEqual(['connect.challenge'])
    expect(await gateway.exit).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    expect(readLog()).toContain('"The gateway has closed"')
  })

  it('is within 4 s with clients that do not answer, says 503 meanwhile, and a second signal changes nothing', async () => {
    const { env } = home(local)
    const port = await freePort()
    const gateway = run(['gateway', '--port', String(port)], env)
    await gateway.untilOutput('Gateway ready')
    const deaf = await openSocket(port)
    await deaf.request('connect', connectParams(token))
    // Reads nothing any more, so that the closing handshake stays unanswered.
    deaf.socket.pause()
    const startedAt = performance.now()
    gateway.child.kill('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await fetchLiveness({ port, timeoutMs: 500 })).toEqual({
      kind: 'unwell',
      reason: expect.stringContaining('closes'),
    })
    await expect(openSocket(port)).rejects.toThrow('HTTP 503')
    gateway.child.kill('SIGTERM')
    gateway.child.kill('SIGINT')
    expect(await gateway.exit).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    deaf.socket.terminate()
  })
})

describe('the log', () => {
  it('goes to the state folder where its own was planted as a link, with a warning', async () => {
    const { env, base, stateDir } = home(local)
    mkdirSync(join(base, 'victim'))
    symlinkSync('victim', join(base, 'log'))
    const gateway = run(['gateway', '--port', String(await freePort())], env)
    await gateway.untilOutput('The gateway is ready')
    expect(gateway.output().stderr).toContain('is not safe to use: it is a link')
    expect(readdirSync(join(base, 'victim'))).toEqual([])
    const [file = ''] = readdirSync(join(stateDir, 'logs'))
    expect(readFileSync(join(stateDir, 'logs', file), 'utf8')).toContain('is not safe to use')
  })

  it('and the output never have the token, whatever happens', async () => {
    const { env, readLog } = home(local)
    const port = await freePort()
    const gateway = run(['gateway', '--port', String(port), '--verbose'], env)
    await gateway.untilOutput('Gateway ready')
    const client = await openSocket(port, { 'User-Agent': token })
    await client.request('connect', { ...connectParams(token), userAgent: token })
    await client.request(token).catch(() => {})
    await openSocket(port, { Origin: `http://${token}` }).catch(() => {})
    const odd = await openSocket(port)
    await odd.request('connect', { ...connectParams(token), [token]: token }).catch(() => {})
    gateway.child.kill('SIGTERM')
    await gateway.exit
    const { stdout, stderr } = gateway.output()
    expect(readLog()).toContain('A foreign page was refused')
    for (const text of [stdout, stderr, readLog()]) {
      for (let from = 0; from + 12 <= token.length; from += 1)
        expect(text).not.toContain(token.slice(from, from + 12))
    }
  })
})

describe('output that nobody reads any more', () => {
  it('does not end the gateway', async () => {
    const { env, readLog } = home(local)
    const port = await freePort()
    const gateway = run(['gateway', '--port', String(port), '--verbose'], env)
    await gateway.untilOutput('The gateway is ready')
    gateway.child.stdout?.destroy()
    gateway.child.stderr?.destroy()
    const refused = async () => {
      const client = await openSocket(port)
      await client.request('connect', connectParams('wrong'))
      await client.closed
    }
    await refused()
    await refused()
    expect(await fetchLiveness({ port, timeoutMs: 1_000 })).toMatchObject({ kind: 'live' })
    expect(readLog().match(/A connection was refused/g)).toHaveLength(2)
  })
})

describe('a fault of its own', () => {
  it('ends it with 1, logged, without the token', async () => {
    const { env, readLog } = home(local)
    const fault = `setTimeout(() => { throw new Error('boom at ' + process.env.CLAWDBOT_GATEWAY_TOKEN) }, 2000)`
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(fault)}`
    const gateway = run(['gateway', '--port', String(await freePort())], { ...env, NODE_OPTIONS })
    await gateway.untilOutput('The gateway is ready')
    expect(await gateway.exit).toBe(1)
    expect(readLog()).toContain('boom at ***')
    expect(gateway.output().stderr).toContain('boom at ***')
    expect(readLog() + gateway.output().stderr).not.toContain(token)
  })
})
