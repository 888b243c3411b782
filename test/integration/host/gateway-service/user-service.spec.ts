import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../../../host/clock.ts'
import { resolveStatePaths } from '../../../../host/config/state-paths.ts'
import { openServiceManager } from '../../../../host/gateway-service/open-service-manager.ts'
import { ServiceOwner } from '../../../../host/gateway-service/service-owner.ts'
import { openProcessTable } from '../../../../host/processes/open-process-table.ts'
import { connectToHost } from '../../../../host/transports/control-client.ts'
import { type Problem, ProblemError } from '../../../../shared/problem.ts'
import type { SecretStoreKind } from '../../../../shared/secrets.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { childrenOf, holdsPort, isAlive } from '../../../fixtures/kernel.ts'
import { turnLimitMs, UserSystemd } from '../../../fixtures/user-systemd.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { commandLine, freePort, programs, token } from '../../gateway/gateway-process.ts'

const unit = 'moltbot-gateway.service'
const run = programs()

describeWith(['user-systemd', 'procfs'], 'the gateway as a service of a real systemd', () => {
  let base = ''
  let systemd: UserSystemd
  let env: Record<string, string> = {}
  let path = ''
  let oddFolder = ''
  let port = 0
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'moltbot-unit-'))
    systemd = await UserSystemd.start(base)
    port = await freePort()
    path = join(systemd.unitFolder, unit)
    // All that a unit's line would take for something else.
    const stateDir = join(base, 'st ate%h$HOME"\'\\')
    env = {
      ...systemd.env,
      MOLTBOT_STATE_DIR: stateDir,
      MOLTBOT_HOST_DIR: join(base, 'host'),
      MOLTBOT_LOG_DIR: join(base, 'log'),
      MOLTBOT_GATEWAY_PORT: String(port),
      MOLTBOT_KEYCHAIN: 'none',
    }
    oddFolder = join(base, 'bin %h $HOME $' + "{PATH} %%; #'")
    mkdirSync(oddFolder)
    symlinkSync(process.execPath, join(oddFolder, 'node'))
    symlinkSync(commandLine, join(oddFolder, 'main.ts'))
    mkdirSync(stateDir, { mode: 0o700 })
    writeFileSync(join(stateDir, 'moltbot.json'), '{ gateway: { mode: "local" } }')
    writeFileSync(join(stateDir, '.env'), `CLAWDBOT_GATEWAY_TOKEN=${token}\n`, { mode: 0o600 })
  }, turnLimitMs)
  afterAll(async () => {
    await systemd.end()
    rmSync(base, { recursive: true, force: true })
  })

  /** The owner as a host has it; of the supervisor it is told only that there is none, and what was asked of it. */
  async function owner({
    ownPort = port,
    store = 'envFile' as SecretStoreKind,
    kind = 'builtIn' as 'builtIn' | 'package',
  } = {}) {
    const asked: string[] = []
    const service = await ServiceOwner.open({
      clock: systemClock,
      env,
      table: openProcessTable(),
      statePaths: resolveStatePaths(env, base),
      gateway: {
        isOurs: () => false,
        isWanted: () => true,
        hold: async () => void asked.push('hold'),
        release: () => void asked.push('release'),
        findOther: async () => null,
        proveHealth: async () => null,
      },
      gatewayCommand: { file: join(oddFolder, 'node'), args: [join(oddFolder, 'main.ts'), 'gateway'] },
      gatewayPortFlag: String(ownPort),
      programs: { command: { kind, file: process.execPath, args: ['/opt/clawdbot/entry.js', 'gateway'] } },
      gatewayPort: async () => ownPort,
      checkConfig: async () => null,
      secretStore: () => store,
      changed: () => {},
      note: (kind) => void asked.push(kind),
    })
    return { service, asked }
  }
  const installed = async () => {
    if (!existsSync(path)) await (await owner()).service.install({})
  }
  const absent = async () => {
    if (existsSync(path)) await (await owner()).service.uninstall({ replace: true })
  }
  const refusal = (change: Promise<unknown>): Promise<Problem> =>
    change.then(
      () => Promise.reject(new Error('it was not refused')),
      (error) => (error instanceof ProblemError ? error.problem : Promise.reject(error)),
    )
  const health = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null)
    return answer?.ok === true
  }
  const environmentOf = (pid: number) => readFileSync(`/proc/${pid}/environ`, 'utf8')
  const kept = () => readdirSync(systemd.unitFolder).filter((name) => name.startsWith(unit))

  it('is installed by command without a host, on the same state, and is no place for a secret', async () => {
    const program = run(['service', 'install', '--json'], env)
    expect(await program.exit).toBe(0)
    const { result, service } = JSON.parse(program.output().stdout)
    const pid = await systemd.mainPid(unit)
    expect(result).toBe('installed')
    expect(service).toMatchObject({ pid, file: 'ours', enabled: true, active: 'active', manager: 'systemd' })
    expect(await health()).toBe(true)
    expect(environmentOf(pid).split('\0')).toContain(`MOLTBOT_STATE_DIR=${env.MOLTBOT_STATE_DIR}`)
    const seen =
      readFileSync(`/proc/${pid}/cmdline`, 'utf8') + environmentOf(pid) + readFileSync(path, 'utf8')
    expect(seen).not.toContain(token)
    expect(readdirSync(join(systemd.unitFolder, 'default.target.wants'))).toEqual([unit])
  })

  it('comes back after a kill', async () => {
    await installed()
    const first = await systemd.mainPid(unit)
    expect(first).toBeGreaterThan(0)
    process.kill(first, 'SIGKILL')
    await until(async () => ![0, first].includes(await systemd.mainPid(unit)), 'the next process')
    await until(health, 'its answer')
  })

  it('counts as unloaded for who looks after another state, or another home', async () => {
    await installed()
    const statusFor = (other: Record<string, string>) =>
      openServiceManager({ ...env, ...other }, 'linux')?.status()
    expect(await statusFor({})).toMatchObject({ active: 'active', pid: await systemd.mainPid(unit) })
    const unloaded = { ok: true, active: 'unloaded', enabled: false, pid: null }
    expect(await statusFor({ MOLTBOT_STATE_DIR: join(base, 'other') })).toMatchObject(unloaded)
    expect(await statusFor({ HOME: base })).toMatchObject(unloaded)
  })

  it('is not touched for who looks after another state, or another home', async () => {
    await installed()
    const pid = await systemd.mainPid(unit)
    const others = [
      { MOLTBOT_STATE_DIR: join(base, 'other') },
      { HOME: base, MOLTBOT_STATE_DIR: join(base, 'other') },
      { XDG_CONFIG_HOME: join(base, 'config') },
    ]
    for (const other of others) {
      const manager = openServiceManager({ ...env, ...other }, 'linux')
      const refused = [
        await manager?.restart(),
        await manager?.stop(),
        // Over a file of the same place an owner may have it.
        ...('HOME' in other || 'XDG_CONFIG_HOME' in other
          ? [await manager?.load({ now: true, withEachSession: true })]
          : []),
      ]
      for (const found of refused) expect(found).toMatchObject({ code: 'SERVICE_MANAGER_FAILED' })
    }
    const stop = run(['service', 'stop'], { ...env, MOLTBOT_STATE_DIR: join(base, 'other') })
    expect(await stop.exit).toBe(1)
    expect(await openServiceManager({ ...env, HOME: base }, 'linux')?.unload()).toBeNull()
    expect([await systemd.mainPid(unit), isAlive(pid)]).toEqual([pid, true])
    expect(await systemd.systemctl('is-enabled', unit)).toBe('enabled\n')
  })

  it('is stopped and started by its manager, and shown, where no host runs', async () => {
    await installed()
    const before = await systemd.mainPid(unit)
    const stop = run(['daemon', 'stop', '--json'], env)
    expect(await stop.exit).toBe(0)
    expect(isAlive(before)).toBe(false)
    const start = run(['gateway', 'start'], env)
    expect(await start.exit).toBe(0)
    const pid = await systemd.mainPid(unit)
    const status = run(['service', 'status'], env)
    expect(await status.exit).toBe(0)
    expect(status.output().stdout).toContain(`Running (PID ${pid}); systemd, ${unit}`)
    // Its manager calls it started as soon as there is a process.
    const config = join(env.MOLTBOT_STATE_DIR ?? '', 'moltbot.json')
    const usual = readFileSync(config, 'utf8')
    writeFileSync(config, '{ gateway: { mode: 7 } }')
    const failed = run(['service', 'restart', '--json'], env)
    expect(await failed.exit).toBe(1)
    expect(failed.output().stdout).toContain('"exit": "exit code 78"')
    writeFileSync(config, usual)
    expect(await run(['service', 'start'], env).exit).toBe(0)
    expect(await health()).toBe(true)
  })

  it('is not overwritten or removed once it was edited, unless that is asked for', async () => {
    await installed()
    const { service, asked } = await owner()
    const text = `${readFileSync(path, 'utf8')}# mine\n`
    const pid = await systemd.mainPid(unit)
    writeFileSync(path, text)
    expect(await refusal(service.install({}))).toEqual({ code: 'SERVICE_FILE_EDITED', params: { path } })
    expect(await refusal(service.uninstall({}))).toEqual({ code: 'SERVICE_FILE_EDITED', params: { path } })
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect([await systemd.mainPid(unit), asked]).toEqual([pid, []])
    expect(await service.install({ replace: true })).toMatchObject({ file: 'ours', active: 'active' })
    expect(readFileSync(path, 'utf8')).not.toContain('# mine')
    expect(readFileSync(`${path}.bak`, 'utf8')).toBe(text)
    expect(asked).toEqual(['hold', 'release', 'serviceInstalled'])
    const command = readFileSync(`/proc/${await systemd.mainPid(unit)}/cmdline`, 'utf8').split('\0')
    expect(command.slice(0, 3)).toEqual([join(oddFolder, 'node'), join(oddFolder, 'main.ts'), 'gateway'])
    // Once more: it is ours, so nothing more is kept.
    await service.install({})
    expect(kept()).toEqual([unit, `${unit}.bak`])
  })

  it('of another program stays, and is back as it was where ours does not become well', async () => {
    await installed()
    const squatter = createServer()
    await new Promise<void>((done) => squatter.listen(0, '127.0.0.1', done))
    const address = squatter.address()
    const taken = typeof address === 'object' && address ? address.port : 0
    const foreign = readFileSync(path, 'utf8')
      .replace(/^# Written.*\n/, '')
      .replace('=Moltbot', '=Somebody’s')
    writeFileSync(path, foreign)
    const { service, asked } = await owner({ ownPort: taken })
    const before = await systemd.mainPid(unit)
    const refused = await refusal(service.install({}))
    expect(refused).toMatchObject({ code: 'SERVICE_FILE_FOREIGN' })
    expect(JSON.stringify(refused.params)).toContain(`gateway --port ${port}`)
    expect(await systemd.mainPid(unit)).toBe(before)
    const keptBefore = kept()
    const unwell = await refusal(service.install({ replace: true }))
    squatter.close()
    expect(unwell).toEqual({
      code: 'SERVICE_NOT_WELL',
      params: { unit, detail: 'it ended with exit code 1' },
    })
    expect(readFileSync(path, 'utf8')).toBe(foreign)
    expect(kept()).toEqual(keptBefore)
    expect(asked).toEqual(['hold', 'release'])
    await until(health, 'the former service')
    expect(holdsPort(await systemd.mainPid(unit), port)).toBe(true)
  })

  it('is stopped and gone after it was removed', async () => {
    const { service } = await owner()
    const pid = await systemd.mainPid(unit)
    expect(await service.uninstall({ replace: true })).toMatchObject({
      file: 'absent',
      active: 'unloaded',
      pid: null,
    })
    expect(isAlive(pid)).toBe(false)
    expect(kept()).not.toContain(unit)
    expect(kept()).toContain(`${unit}.bak2`)
    expect(await systemd.systemctl('list-units', '--all', '--plain', '--no-legend', unit)).toBe('')
    expect(await refusal(service.uninstall({}))).toMatchObject({ code: 'SERVICE_NOT_INSTALLED' })
  })

  it('is not tried where nobody gives it the passphrase of its secrets, nor for a package', async () => {
    await absent()
    const { service, asked } = await owner({ store: 'sealedFile' })
    expect(await refusal(service.install({}))).toMatchObject({ code: 'SERVICE_SEALED_FILE' })
    const { service: another } = await owner({ kind: 'package' })
    expect(await refusal(another.install({}))).toEqual({
      code: 'SERVICE_BUILT_IN_ONLY',
      params: { program: '/opt/clawdbot/entry.js' },
    })
    expect([existsSync(path), asked]).toEqual([false, []])
  })

  it('that lingers cannot have its secrets in a keychain', async () => {
    await installed()
    // No logind runs beside this systemd: its answer is given for it.
    const bin = join(base, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'loginctl'), '#!/bin/sh\necho Linger=yes\n', { mode: 0o755 })
    const path = env.PATH ?? ''
    env.PATH = `${bin}:${path}`
    const views = await Promise.all(
      (['keychain', 'envFile'] as const).map(async (store) => (await owner({ store })).service.look()),
    )
    env.PATH = path
    expect(views.map(({ linger }) => linger)).toEqual([true, true])
    expect(views.map(({ problem }) => problem?.code ?? null)).toEqual(['SERVICE_KEYCHAIN_AT_BOOT', null])
  })

  it('of another state runs, or rests, as before where ours does not become well', async () => {
    await installed()
    const ours = readFileSync(path, 'utf8')
    const another = join(base, 'another')
    mkdirSync(another, { mode: 0o700 })
    writeFileSync(join(another, 'moltbot.json'), '{ gateway: { mode: "local" } }')
    writeFileSync(join(another, '.env'), `CLAWDBOT_GATEWAY_TOKEN=${token}\n`, { mode: 0o600 })
    const text = ours.replace(/^# Written.*\n/, '').replace(/^Environment="MOLTBOT_STATE_DIR=.*$/m, '')
    writeFileSync(path, `${text}\n[Service]\nEnvironment=MOLTBOT_STATE_DIR=${another}\n`)
    await systemd.systemctl('daemon-reload')
    await systemd.systemctl('restart', unit)
    await until(health, 'the other one')
    const squatter = createServer()
    await new Promise<void>((done) => squatter.listen(0, '127.0.0.1', done))
    const address = squatter.address()
    const taken = typeof address === 'object' && address ? address.port : 0
    const { service } = await owner({ ownPort: taken })
    const seen = async () => [
      await systemd.systemctl('show', unit, '-p', 'UnitFileState', '--value'),
      await systemd.systemctl('show', unit, '-p', 'ActiveState', '--value'),
    ]
    expect(await refusal(service.install({ replace: true }))).toMatchObject({ code: 'SERVICE_NOT_WELL' })
    expect(await seen()).toEqual(['enabled\n', 'active\n'])
    await systemd.systemctl('stop', unit)
    expect(await refusal(service.install({ replace: true }))).toMatchObject({ code: 'SERVICE_NOT_WELL' })
    expect(await seen()).toEqual(['enabled\n', 'inactive\n'])
    squatter.close()
    await systemd.systemctl('disable', '--now', unit)
    rmSync(path)
  })

  it('takes the place of a host’s own gateway, outlives the host, and gives the place back', async () => {
    await absent()
    const host = run(['host', '--port', '0', '--no-open'], env)
    await host.untilOutput('Moltbot host ready')
    const connection = await connectToHost({ lockPath: join(base, 'host', 'host.lock') })
    if (!connection) throw new Error('the host does not answer')
    await until(health, 'the host’s gateway')
    const ours = childrenOf(host.pid).find((pid) => holdsPort(pid, port)) ?? 0
    expect(ours).toBeGreaterThan(0)
    const taken = await connection.call('service.install', {})
    expect(taken).toMatchObject({ ok: true, value: { file: 'ours', active: 'active' } })
    const pid = await systemd.mainPid(unit)
    expect([isAlive(ours), holdsPort(pid, port)]).toEqual([false, true])
    expect(childrenOf(host.pid).some((child) => holdsPort(child, port))).toBe(false)
    const removed = await connection.call('service.uninstall', {})
    expect(removed).toMatchObject({ ok: true, value: { file: 'absent' } })
    expect(isAlive(pid)).toBe(false)
    await until(
      () => childrenOf(host.pid).some((child) => holdsPort(child, port)),
      'the host’s gateway again',
    )
    expect(await connection.call('service.install', {})).toMatchObject({ ok: true })
    const last = await systemd.mainPid(unit)
    connection.close()
    host.child.kill('SIGTERM')
    expect(await host.exit).toBe(0)
    expect(holdsPort(last, port)).toBe(true)
  }, 60_000)

  // The last one: it leaves no state.
  it('ends and goes with an uninstall, and the state that it ran on where that is asked for', async () => {
    await absent()
    await installed()
    const pid = await systemd.mainPid(unit)
    const program = run(['uninstall', '--yes', '--state', '--json'], env)
    expect(await program.exit).toBe(0)
    const places = JSON.parse(program.output().stdout).removed.map(({ place }: { place: string }) => place)
    expect(places).toEqual(expect.arrayContaining([path, env.MOLTBOT_STATE_DIR]))
    expect([existsSync(path), existsSync(env.MOLTBOT_STATE_DIR ?? '')]).toEqual([false, false])
    expect(isAlive(pid)).toBe(false)
    expect(await systemd.mainPid(unit)).toBe(0)
  })
})
