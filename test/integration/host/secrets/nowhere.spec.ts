import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { readHolder } from '../../../../host/lock/host-lock.ts'
import type { HostConnection } from '../../../../host/transports/control-client.ts'
import { pidOf } from '../../../../shared/gateway-state.ts'
import { canary } from '../../../fixtures/canary.ts'
import {
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  until,
  viewOf,
} from '../../../fixtures/host-under-test.ts'
import { KeyringSession } from '../../../fixtures/keyring-session.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { commandLine, programs } from '../../gateway/gateway-process.ts'
import { backedUp, endOf } from '../backup/job-of.ts'

let keyring: KeyringSession
let home: TestHome
let host: HostUnderTest | null = null
let connection: HostConnection | null = null
const run = programs()
const gateway = [process.execPath, commandLine, 'gateway']

beforeEach(async () => {
  home = await makeHome()
})
afterEach(async () => {
  connection?.close()
  await host?.leave()
  await keyring?.stop() // none where a spec needs none
  await home.remove()
  host = null
  connection = null
})

/** A host of this home on that keychain. */
async function open(program: readonly string[] = gateway): Promise<HostConnection> {
  const { MOLTBOT_KEYCHAIN: _none, ...env } = home.env
  const { DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR } = keyring.env
  home = { ...home, env: { ...env, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR } }
  host = HostUnderTest.start(home, [], program)
  connection = await host.connect()
  return connection
}

async function close(): Promise<void> {
  connection?.close()
  await host?.leave()
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Everything that the host sends to a client that listens to all of it. */
async function listen(): Promise<{ bytes(): Buffer; end(): void }> {
  const holder = await readHolder(join(home.hostDir, 'host.lock'))
  const socket = createConnection(holder?.socketPath ?? '')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.write(`${JSON.stringify({ subscribe: true })}\n`)
  const calls = ['host.snapshot', 'secrets.look', 'secrets.check', 'backups.look', 'gateway.health']
  for (const [id, call] of calls.entries()) socket.write(`${JSON.stringify({ id, call, args: [] })}\n`)
  return { bytes: () => Buffer.concat(chunks), end: () => socket.destroy() }
}

/** Knocks at the gateway with the value where a client may put anything. */
function knock(port: number, text: string): Promise<void> {
  return new Promise((done) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`)
    socket.on('message', () => {
      const client = { id: 'cli', version: text, platform: text, mode: 'cli', displayName: text }
      const params = {
        minProtocol: 3,
        maxProtocol: 3,
        client,
        role: 'operator',
        scopes: [],
        auth: { token: text },
      }
      socket.send(JSON.stringify({ type: 'req', id: '1', method: 'connect', params }))
    })
    socket.on('close', () => done())
    socket.on('error', () => {})
  })
}

describeWith(['procfs', 'gnome-keyring'], 'a secret in a real keychain', () => {
  it('is found nowhere else: no file, no process, no log, no answer, no backup without its key', async () => {
    keyring = await KeyringSession.start('unlocked')
    const host = await open()
    await reaches(host, 'running')
    const traces = await listen()
    const key = canary('anthropic')
    expect(await host.call('secrets.set', { name: 'ANTHROPIC_API_KEY', value: key.value })).toMatchObject({
      ok: true,
    })
    writeFileSync(
      join(home.stateDir, 'moltbot.json'),
      `{ gateway: { auth: { token: "\${CLAWDBOT_GATEWAY_TOKEN}" } }, logging: { level: "trace" },
         models: { key: "\${ANTHROPIC_API_KEY}", url: "https://example.test/\${ANTHROPIC_API_KEY}" } }`,
    )
    await host.call('gateway.restart')
    await until(async () => (await viewOf(host)).state.name === 'running', 'the gateway to run again')
    expect((await host.call('gateway.health')).ok).toBe(true)
    await knock(home.gatewayPort, key.value)
    const view = await viewOf(host)
    const pid = pidOf(view.state) ?? 0
    const { state, result } = await backedUp(host)
    expect(state).toBe('done')
    // What the gateway says as it dies is kept as evidence, and told.
    process.kill(pid, 'SIGKILL')
    await until(async () => pidOf((await viewOf(host)).state) !== pid, 'another gateway')
    await reaches(host, 'running')
    const commands = [
      ['secrets', 'list'],
      ['secrets', 'check', '--json'],
      ['service', 'status', '--json'],
      ['logs'],
    ]
    const env = { ...home.env } as Record<string, string>
    const outputs = await Promise.all(
      commands.map(async (args) => {
        const program = run(args, env)
        expect(await program.exit, args.join(' ')).toBe(0)
        return program.output().stdout
      }),
    )
    expect(outputs[0]).toContain('ANTHROPIC_API_KEY')

    const found: string[] = []
    const look = (where: string, bytes: Buffer) => {
      const spelling = key.findIn(bytes)
      if (spelling !== null) found.push(`${where} (${spelling})`)
    }
    for (const file of filesBelow(home.folder)) look(file, readFileSync(file))
    for (const process of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      for (const file of ['cmdline', 'environ']) {
        try {
          look(`/proc/${process}/${file}`, readFileSync(`/proc/${process}/${file}`))
        } catch {
          // gone, or a thread of the kernel
        }
      }
    }
    look('what the host sends', traces.bytes())
    look('the terminal', Buffer.from(outputs.join('\n') + (await hostOutput())))
    traces.end()
    expect(found).toEqual([])
    expect(traces.bytes().length).toBeGreaterThan(1000)
    const path = result?.kind === 'backup.create' ? result.path : ''
    expect(statSync(path).size).toBeGreaterThan(500)
    // And the gateway does have it: its configuration would be refused without.
    expect((await host.call('secrets.check')).ok).toBe(true)
  })

  it('that a gateway shouts as it dies is masked in what is kept of it, told of it, and read of its log', async () => {
    keyring = await KeyringSession.start('unlocked')
    const host = await open([
      process.execPath,
      join(import.meta.dirname, '../../../fixtures/shout-secrets.ts'),
    ])
    const first = await reaches(host, 'failed')
    const key = canary('shouted')
    const traces = await listen()
    await host.call('secrets.set', { name: 'ANTHROPIC_API_KEY', value: key.value })
    await host.call('gateway.start')
    const isAnother = async () => {
      const { state } = await viewOf(host)
      return state.name === 'failed' && !isDeepStrictEqual(state, first.state)
    }
    await until(isAnother, 'another refusal')
    const log = await host.call('logs.read', { cursor: null, maxLines: 100 })
    const lines = log.ok ? log.value.lines.map(({ text }) => text).join('\n') : ''
    expect(lines.length).toBeGreaterThan(20)
    const kept = readFileSync(join(home.hostDir, 'timeline.jsonl'))
    const seen = {
      traces: traces.bytes(),
      lines: Buffer.from(lines),
      kept,
      said: Buffer.from(await hostOutput()),
    }
    traces.end()
    for (const [where, bytes] of Object.entries(seen)) expect(key.findIn(bytes), where).toBeNull()
    expect(kept.toString()).toContain('cannot use ***')
    expect(traces.bytes().toString()).toContain('cannot use ***')
  })

  it('that cannot be read keeps the gateway from starting, names the remedy, and is waited for', async () => {
    keyring = await KeyringSession.start('unlocked')
    await reaches(await open(), 'running')
    await close()
    expect(filesBelow(home.stateDir).map((file) => file.slice(home.stateDir.length + 1))).toEqual([
      'moltbot.json',
    ])
    await keyring.lock()
    const host = await open()
    const view = await reaches(host, 'failed')
    expect(view.state).toMatchObject({ problem: { code: 'KEYCHAIN_LOCKED' } })
    const snapshot = await host.call('host.snapshot')
    expect(snapshot.ok && snapshot.value.secrets.store.state).toBe('locked')
    await keyring.unlock()
    await reaches(host, 'running', 15_000)
  })

  it('that was read once keeps a gateway going while the keychain is locked, or gone', async () => {
    keyring = await KeyringSession.start('unlocked')
    const host = await open()
    const { state } = await reaches(host, 'running')
    await keyring.lock()
    process.kill(pidOf(state) ?? 0, 'SIGKILL')
    await until(async () => pidOf((await viewOf(host)).state) !== pidOf(state), 'another gateway')
    await reaches(host, 'running')
    keyring.killBus()
    expect((await host.call('gateway.restart')).ok).toBe(true)
    await reaches(host, 'running')
    expect((await host.call('gateway.health')).ok).toBe(true)
  })

  it('that a silent keychain keeps to itself holds up neither a cancel nor the end of the host', async () => {
    keyring = await KeyringSession.start('unlocked')
    const line = await open()
    await reaches(line, 'running')
    keyring.pause()
    const begun = await line.call('backups.create', {})
    const jobId = begun.ok ? begun.value.jobId : ''
    await line.call('jobs.cancel', { id: jobId })
    expect((await endOf(line, jobId)).state).toBe('cancelled')
    expect((await line.call('backups.create', {})).ok).toBe(true)
    const asked = performance.now()
    expect(await host?.leave()).toBe(0)
    expect(performance.now() - asked).toBeLessThan(8_000)
    keyring.resume()
  })

  it('a rotated token is in force at once: the new one opens the gateway, the old one does not', async () => {
    keyring = await KeyringSession.start('unlocked')
    const host = await open()
    const before = await reaches(host, 'running')
    const { HOME: _home, ...session } = keyring.env
    const token = () => readFromKeychain({ ...home.env, ...session } as Record<string, string>)
    const old = await token()
    expect((await host.call('secrets.rotateToken')).ok).toBe(true)
    await until(async () => pidOf((await viewOf(host)).state) !== pidOf(before.state), 'another gateway')
    await reaches(host, 'running')
    const fresh = await token()
    expect(fresh).not.toBe(old)
    const health = async (value: string) =>
      run(['health', '--port', String(home.gatewayPort)], {
        ...(home.env as Record<string, string>),
        CLAWDBOT_GATEWAY_TOKEN: value,
      }).exit
    expect([await health(fresh), await health(old)]).toEqual([0, 1])
  })
})

describeWith(['procfs'], 'a token that is rotated while the gateway waits for its next start', () => {
  it('is the one it starts with', async () => {
    home = await makeHome()
    host = HostUnderTest.start(home, [], gateway)
    connection = await host.connect()
    const line = connection
    await reaches(line, 'running')
    await line.call('secrets.useStore', { kind: 'sealedFile', passphrase: 'a long passphrase' })
    await line.call('gateway.restart')
    for (let kills = 0; kills < 2; kills += 1) {
      const { state } = await reaches(line, 'running')
      process.kill(pidOf(state) ?? 0, 'SIGKILL')
      await until(async () => pidOf((await viewOf(line)).state) !== pidOf(state), 'the end')
    }
    await reaches(line, 'backingOff')
    expect((await line.call('secrets.rotateToken')).ok).toBe(true)
    await reaches(line, 'running')
    expect((await line.call('gateway.health')).ok).toBe(true)
  })
})

async function hostOutput(): Promise<string> {
  return `${host?.stdout}${host?.stderr}`
}

/** By the library itself, as any program of this session could. */
async function readFromKeychain(env: Record<string, string>): Promise<string> {
  const { spawn } = await import('node:child_process')
  const source = `
    const { AsyncEntry } = require('@napi-rs/keyring')
    new AsyncEntry('Moltbot ' + process.argv[1], 'CLAWDBOT_GATEWAY_TOKEN', { linux: { store: 'secret-service' } })
      .getPassword().then((value) => process.stdout.write(value ?? ''))`
  const child = spawn(process.execPath, ['-e', source, home.stateDir], {
    env,
    cwd: join(import.meta.dirname, '../../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let value = ''
  child.stdout.on('data', (chunk) => {
    value += chunk
  })
  await new Promise((done) => child.once('close', done))
  return value
}
