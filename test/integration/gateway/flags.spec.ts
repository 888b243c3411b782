import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { requestHealth } from '../../../host/gateway-client/request-health.ts'
import { holdsPort, isAlive } from '../../fixtures/kernel.ts'
import { connectParams } from '../../unit/gateway/server/device.ts'
import { freePort, homes, programs, token } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'

const home = homes()
const run = programs()
const local = '{ gateway: { mode: "local" } }'

describe('gateway', () => {
  it('refuses what it cannot do with the reason, before anything is read or written', async () => {
    const refused = [
      '--tailscale serve',
      '--tailscale funnel',
      '--raw-stream',
      '--bind everywhere',
      '--auth none',
    ]
    const started = [...refused, '--ws-log loud', '--reset'].map((line) => {
      const { env, stateDir } = home()
      return { line, stateDir, gateway: run(['gateway', ...line.split(' ')], env) }
    })
    for (const { line, stateDir, gateway } of started) {
      expect([line, await gateway.exit]).toEqual([line, 2])
      expect(gateway.output().stderr).toContain(line.split(' ')[0])
      expect(existsSync(stateDir)).toBe(false)
    }
  })

  it('--auth password --password lets in who knows it, and warns; in its log no request shows what it says', async () => {
    const { env, readLog } = home(local)
    const port = await freePort()
    const password = 'p4ssw0rd-canary-0123456789'
    const flags = [
      '--auth',
      'password',
      '--password',
      password,
      '--ws-log',
      'full',
      '--verbose',
      '--allow-unconfigured',
    ]
    const gateway = run(
      ['gateway', `--port=${port}`, ...flags, '--tailscale', 'off', '--tailscale-reset-on-exit'],
      env,
    )
    await gateway.untilOutput('The gateway is ready')
    expect(gateway.output().stderr).toContain('moltbot secrets set')
    const client = await openSocket(port)
    const hello = await client.request('connect', { ...connectParams(), auth: { password } })
    expect(hello).toMatchObject({ ok: true })
    // The host and the command line know one secret and need not know its kind.
    expect(await requestHealth({ port, token: password, timeoutMs: 2_000 })).toMatchObject({ ok: true })
    const other = await openSocket(port)
    expect((await other.request('connect', connectParams(token))).error?.details?.reason).toBe(
      'password_mismatch',
    )
    const none = await openSocket(port)
    expect((await none.request('connect', connectParams())).error?.details?.reason).toBe('password_missing')
    await client.request('logs.tail', { limit: 7 })
    await client.request('no.such', {})
    await gateway.untilOutput('fault=unknown_method')
    const { stdout, stderr } = gateway.output()
    expect(stdout + stderr).toMatch(/A request came .*method=logs\.tail/)
    expect(stdout + stderr).toMatch(/A request was answered .*method=logs\.tail/)
    expect(stdout + stderr + readLog()).not.toContain(password)
    client.socket.close()
  })

  it('--dev writes a configuration and a token where there is none, for this user alone', async () => {
    const { env, stateDir, configPath } = home()
    const { CLAWDBOT_GATEWAY_TOKEN: _, ...bare } = env
    const port = await freePort()
    const gateway = run(['gateway', '--dev', '--port', String(port)], bare)
    await gateway.untilOutput('Gateway ready')
    expect(readFileSync(configPath, 'utf8')).toContain('mode: "local"')
    const envFile = join(stateDir, '.env')
    expect([statSync(configPath).mode & 0o777, statSync(envFile).mode & 0o777]).toEqual([0o600, 0o600])
    const made = readFileSync(envFile, 'utf8').trim().split('=')[1] ?? ''
    expect(await requestHealth({ port, token: made, timeoutMs: 2_000 })).toMatchObject({ ok: true })
    expect(gateway.output().stdout + gateway.output().stderr).not.toContain(made)
  })

  it('--dev --reset moves aside on a profile what was there, after a yes, and on no other state', async () => {
    const { env, base } = home(local)
    const profile = join(base, '.clawdbot-dev')
    mkdirSync(join(profile, 'agents/main/sessions'), { recursive: true, mode: 0o700 })
    mkdirSync(join(profile, 'credentials'))
    writeFileSync(join(profile, 'moltbot.json'), '{ gateway: { port: 1 } }')
    writeFileSync(join(profile, 'credentials/creds.json'), 'precious')
    writeFileSync(join(profile, '.env'), `CLAWDBOT_GATEWAY_TOKEN=${token}\n`)
    const reset = ['gateway', '--dev', '--reset', '--port', String(await freePort())]

    const own = run([...reset, '--yes'], env)
    expect(await own.exit).toBe(1)
    expect(own.output().stderr).toContain('moltbot --dev gateway --dev --reset')
    const unasked = run(['--dev', ...reset], env)
    expect(await unasked.exit).toBe(1)
    expect(unasked.output().stdout).toContain('--yes')
    expect(readdirSync(profile).sort()).toEqual(['.env', 'agents', 'credentials', 'moltbot.json'])

    const gateway = run(['--dev', ...reset, '--yes'], env)
    await gateway.untilOutput('Gateway ready')
    const [kept = ''] = readdirSync(profile).filter((name) => name.startsWith('reset-'))
    expect(readFileSync(join(profile, kept, 'moltbot.json'), 'utf8')).toBe('{ gateway: { port: 1 } }')
    expect(readFileSync(join(profile, kept, 'credentials/creds.json'), 'utf8')).toBe('precious')
    expect(existsSync(join(profile, kept, 'agents/main/sessions'))).toBe(true)
    expect(readFileSync(join(profile, '.env'), 'utf8')).toBe(`CLAWDBOT_GATEWAY_TOKEN=${token}\n`)
  })
})

describe('gateway --force', () => {
  it('ends a gateway of this user that has the port, and takes its place', async () => {
    const { env } = home(local)
    const port = await freePort()
    const first = run(['gateway', '--port', String(port)], env)
    await first.untilOutput('Gateway ready')
    const second = run(['gateway', '--force', '--port', String(port)], env)
    await second.untilOutput('Gateway ready')
    expect(await first.exit).toBe(0)
  })

  it('names any other program that has it, and leaves it alone; so too one whose lock is another’s', async () => {
    const { env, base, configPath } = home(local)
    const port = await freePort()
    const listening = `require('node:net').createServer().listen(${port}, '127.0.0.1', () => console.log('listens'))`
    const squatter = spawn(process.execPath, ['-e', listening], { stdio: ['ignore', 'pipe', 'ignore'] })
    onTestFinished(() => void squatter.kill('SIGKILL'))
    await once(squatter.stdout, 'data')
    const pid = squatter.pid ?? 0
    // A lock that names it, with the start of another one.
    const uid = process.getuid?.() ?? 0
    mkdirSync(join(base, `tmp/moltbot-${uid}`), { mode: 0o700 })
    const createdAt = new Date().toISOString()
    writeFileSync(
      join(base, `tmp/moltbot-${uid}/gateway.00000000.lock`),
      JSON.stringify({ pid, createdAt, configPath, startTime: 1 }),
    )
    const gateway = run(['gateway', '--force', '--port', String(port)], env)
    expect(await gateway.exit).toBe(1)
    expect(gateway.output().stderr).toContain(`pid ${pid}`)
    expect(gateway.output().stderr).toContain('nothing was ended')
    expect(isAlive(pid)).toBe(true)
    expect(holdsPort(pid, port)).toBe(true)
  })

  it('leaves alone one that its service would start again', async () => {
    const { env } = home(local)
    const port = await freePort()
    const kept = run(['gateway', '--port', String(port)], { ...env, MOLTBOT_SERVICE: 'systemd' })
    await kept.untilOutput('Gateway ready')
    const gateway = run(['gateway', '--force', '--port', String(port)], env)
    expect(await gateway.exit).toBe(1)
    expect(gateway.output().stderr).toContain('moltbot gateway stop')
    expect(isAlive(kept.pid)).toBe(true)
  })
})
