import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { canary } from '../../fixtures/canary.ts'
import { HostUnderTest, reaches, until } from '../../fixtures/host-under-test.ts'
import { filesIn } from '../../fixtures/tree-digest.ts'
import { commandLine, compileCache, freePort, homes, programs } from '../gateway/gateway-process.ts'
import { seedSessions } from './seeded-state.ts'

const home = homes()
const run = programs()
const hosts: HostUnderTest[] = []
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.leave()
})

async function moltbot(env: Record<string, string>, ...args: string[]) {
  const program = run(args, env)
  const code = await program.exit
  return { code, ...program.output() }
}

function kernelRssBytes(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) * 1024
}

describe('status', () => {
  it('works with everything down, says so, and changes nothing', async () => {
    const { env, base } = home('{ agents: { list: [{ id: "main" }, { id: "work" }] } }')
    const here = { ...env, CLAWDBOT_GATEWAY_PORT: String(await freePort()) }
    const before = filesIn(base)
    const [plain, json, deep] = await Promise.all([
      moltbot(here, 'status'),
      moltbot(here, 'status', '--json'),
      moltbot(here, 'status', '--deep'),
    ])
    expect([plain.code, json.code, deep.code]).toEqual([0, 0, 3])
    expect(plain.stdout).toMatch(
      /^Gateway +Not running: nothing listens on port \d+\n +http:\S+\n.*service start/,
    )
    expect(plain.stdout).toMatch(/^Agents +main \(default\), work$/m)
    expect(plain.stdout).toMatch(/^Config +\S+moltbot\.json, valid$/m)
    expect(deep.stdout).toMatch(/^Doctor +/m)
    const told = JSON.parse(json.stdout)
    expect(told).toMatchObject({
      ok: true,
      host: null,
      gateway: { reachable: false, mode: 'local', pid: null, problem: { code: 'GATEWAY_UNREACHABLE' } },
      config: { exists: true, valid: true },
      agents: { defaultId: 'main' },
      sessions: { count: 0, recent: [] },
      securityAudit: { summary: { critical: expect.any(Number) } },
    })
    // Those of Moltbot's own answer, for scripts that read it.
    for (const key of [
      'heartbeat',
      'channelSummary',
      'queuedSystemEvents',
      'os',
      'update',
      'updateChannel',
      'gatewayService',
    ]) {
      expect(told).toHaveProperty(key)
    }
    expect(filesIn(base)).toEqual(before)
  })

  it('names the first mistake of a configuration with its place, and goes on asking the gateway', async () => {
    const { env, configPath } = home('{}')
    const port = String(await freePort())
    const gateway = run(['gateway', '--port', port], env)
    await gateway.untilOutput('Gateway ready')
    writeFileSync(configPath, '{\n  logging: { level: "loud" },\n  gateway: { port: 0 },\n}')
    const here = { ...env, CLAWDBOT_GATEWAY_PORT: port }
    const [{ code, stdout }, json] = await Promise.all([
      moltbot(here, 'status'),
      moltbot(here, 'status', '--json'),
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Config +\S+moltbot\.json, not valid\n.*line 2, column 14[^\n]*\n +and 1 more/m)
    expect(stdout).toMatch(/^Gateway +Running, answers in/)
    const told = JSON.parse(json.stdout)
    expect(told.config).toMatchObject({
      valid: false,
      problems: [{ code: 'CONFIG_INVALID' }, { code: 'CONFIG_INVALID' }],
    })
    // What it says of the process is what the kernel says.
    expect(told.gateway).toMatchObject({ reachable: true, pid: gateway.pid, port: Number(port), error: null })
    const rss = kernelRssBytes(gateway.pid)
    expect(told.gateway.rssBytes).toBeGreaterThan(rss * 0.7)
    expect(told.gateway.rssBytes).toBeLessThan(rss * 1.4)
    // Of a file that cannot be read at all neither the port nor the token is known; the environment has both.
    writeFileSync(configPath, '{ gateway: ')
    const { gateway: found, config } = JSON.parse((await moltbot(here, 'status', '--json')).stdout)
    expect(found).toMatchObject({ reachable: true, pid: gateway.pid, port: Number(port) })
    expect(config).toMatchObject({ valid: false, problems: [{ code: 'CONFIG_SYNTAX' }] })
  })

  it('asks through the host where one runs', async () => {
    const {
      env: full,
      stateDir,
      configPath,
    } = home('{ gateway: { auth: { mode: "password", password: "a-password-of-the-gateway-0123" } } }')
    // With a password alone, which the gateway demands.
    const { CLAWDBOT_GATEWAY_TOKEN: _, ...env } = full
    seedSessions(stateDir, 'main', {
      'agent:main:main': { ageMinutes: 3, totalTokens: 5_000, model: 'gpt-5.2' },
    })
    const gatewayPort = await freePort()
    const hostHome = {
      folder: '',
      stateDir,
      hostDir: env.MOLTBOT_HOST_DIR ?? '',
      gatewayPort,
      env: { ...env, NODE_COMPILE_CACHE: compileCache },
      remove: async () => {},
    }
    const host = HostUnderTest.start(hostHome, [], [process.execPath, commandLine, 'gateway'])
    hosts.push(host)
    const connection = await host.connect()
    const { state } = await reaches(connection, 'running', 30_000)
    const order = { method: 'status', params: {}, scopes: ['operator.read' as const], timeoutMs: 10_000 }
    expect(await connection.call('gateway.call', order)).toMatchObject({
      ok: true,
      value: { payload: { port: gatewayPort } },
    })
    expect(await connection.call('gateway.call', { ...order, method: 'config.set' })).toMatchObject({
      ok: false,
      code: 'GATEWAY_REFUSED_CALL',
    })
    connection.close()
    // What the owner keeps is for the host alone to read: whoever else opened this file would wait for ever.
    const indexPath = join(hostHome.hostDir, 'secrets.json')
    const sealedPath = join(hostHome.hostDir, 'secrets.age')
    const index = { kind: 'sealedFile', secrets: { A_KEY: { kind: 'sealedFile', changedAt: null } } }
    writeFileSync(indexPath, JSON.stringify(index), { mode: 0o600 })
    execFileSync('mkfifo', ['-m', '600', sealedPath])
    const [plain, json, called, sessions] = await Promise.all([
      moltbot(env, 'status'),
      moltbot(env, 'status', '--json'),
      moltbot(env, 'gateway', 'call', 'status'),
      moltbot(env, 'sessions'),
    ])
    for (const path of [indexPath, sealedPath]) rmSync(path)
    expect(sessions).toMatchObject({ code: 0, stderr: '' })
    expect(plain.code).toBe(0)
    expect(plain.stdout).toMatch(new RegExp(`^Run by +the host, version \\S+, pid ${host.pid}$`, 'm'))
    // Before the host has measured anything.
    expect(plain.stdout).toMatch(/^Memory +\d+ MB \(normal\)\nCPU +[\d.]+% /m)
    expect(plain.stdout).toMatch(/^ +agent:main:main +direct +3 min ago +gpt-5\.2 +5k/m)
    const told = JSON.parse(json.stdout)
    const pid = 'pid' in state ? state.pid : 0
    expect(told).toMatchObject({
      host: { pid: host.pid },
      gateway: { reachable: true, pid, port: gatewayPort },
    })
    expect(JSON.parse(called.stdout)).toMatchObject({ pid })
    // The gateway goes on with what it read, and so does the host: now only the two of them know the password.
    writeFileSync(configPath, '{ gateway: ')
    expect(await moltbot(env, 'health')).toMatchObject({ code: 0, stderr: '' })
    host.process.kill('SIGSTOP')
    const hung = await moltbot(env, 'status').finally(() => host.process.kill('SIGCONT'))
    expect(hung.stdout).toMatch(/^Run by .*the host does not answer$/m)
    expect(hung.stdout).toContain(`process (pid ${host.pid})`)
  })
})

describe('a report to paste', () => {
  it('holds no secret, no name of user, home and machine, no number and no public address', async () => {
    const token = canary('status-token').value.replaceAll(/["/\\]/g, 'x')
    const literal = '123456:literal-c4nary-in-the-configuration'
    const { env, stateDir, base } = home(
      JSON.stringify({
        channels: { telegram: { botToken: literal, accounts: { a1: { name: `Ann ${literal}` } } } },
        agents: { list: [{ id: 'main', name: `agent ${token}` }] },
      }),
    )
    const person = join(base, 'home', 'ann.smith')
    mkdirSync(person, { recursive: true })
    const state = join(person, '.clawdbot')
    const here = {
      ...env,
      HOME: person,
      USER: 'ann.smith',
      LOGNAME: 'ann.smith',
      CLAWDBOT_GATEWAY_TOKEN: token,
      CLAWDBOT_GATEWAY_PORT: String(await freePort()),
      MOLTBOT_LOG_DIR: join(state, 'log'),
      MOLTBOT_HOST_DIR: join(state, 'host'),
    }
    seedSessions(stateDir, 'main', {
      'agent:main:whatsapp:dm:+4915123456789': {
        ageMinutes: 3,
        label: `label ${token}`,
        displayName: literal,
      },
      [`agent:main:${token}`]: { ageMinutes: 4 },
    })
    await run(['gateway'], here).untilOutput('Gateway ready')
    const logDir = join(state, 'log')
    const logs = () => (existsSync(logDir) ? Object.keys(filesIn(logDir)) : [])
    await until(() => logs().length > 0, 'the log')
    const logPath = join(logDir, logs()[0] ?? '')
    const bad = `ann.smith of ${person} on ${hostname()} wrote from 203.0.113.7, +4915123456789: ${token} ${literal}`
    appendFileSync(
      logPath,
      `${JSON.stringify({ time: new Date().toISOString(), level: 'error', message: bad })}\n${bad}\n`,
    )
    chmodSync(logPath, 0o600)

    const commands = [
      ['status', '--all'],
      ['status', '--deep', '--verbose', '--usage'],
      ['status', '--json', '--deep'],
      ['channels', 'status'],
      ['channels', 'list', '--json'],
      ['sessions', '--json'],
      ['sessions'],
      ['health', '--verbose'],
      ['gateway', 'call', 'sessions.list'],
    ]
    const answers = []
    for (let at = 0; at < commands.length; at += 3) {
      const some = commands.slice(at, at + 3).map((words) => moltbot(here, ...words))
      answers.push(...(await Promise.all(some)))
    }
    for (const [at, { code, stdout, stderr }] of answers.entries()) {
      const what = commands[at]?.join(' ')
      const said = stdout + stderr
      const found = [token.slice(0, 12), token.slice(-12), 'literal-c4nary'].filter((text) =>
        said.includes(text),
      )
      expect({ what, code, found }).toEqual({ what, code: 0, found: [] })
    }
    const report = answers[0]?.stdout ?? ''
    const named = ['ann.smith', person, hostname(), '203.0.113.7', '4915123456789', '\u001b'].filter((text) =>
      report.includes(text),
    )
    expect(named).toEqual([])
    // Its log was shown, and is of use yet.
    expect(report).toMatch(/<user> of ~ on <host> wrote from <public address>, \+…89: \*\*\* /)
    expect(report).toMatch(/^ {2}✓ the gateway answers$/m)
    expect(report).toMatch(/^ {2}! no host runs/m)
    expect(report).toContain('The gateway is ready')
  })
})
