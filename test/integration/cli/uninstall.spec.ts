import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../host/clock.ts'
import { stateLockPath } from '../../../host/gateway/find-lock-holder.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { openKeychain } from '../../../host/secrets/keychain.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { isAlive, processesWith } from '../../fixtures/kernel.ts'
import { KeyringSession } from '../../fixtures/keyring-session.ts'
import { filesIn } from '../../fixtures/tree-digest.ts'
import { describeWith } from '../../setup/requirements.ts'
import { commandLine, freePort, homes, programs } from '../gateway/gateway-process.ts'
import { installedCopy, runOnce } from './installed-copy.ts'
import { typeInto } from './shell-session.ts'

const home = homes()
const run = programs()
const bases: string[] = []
afterEach(() => {
  for (const base of bases.splice(0)) for (const pid of processesWith(base)) process.kill(pid, 'SIGKILL')
})

const backupName = 'moltbot-20260130-120000.tar.gz.age'

/** A home with things of its owner in every folder that is looked into. */
async function livedIn() {
  const made = home('{ gateway: { mode: "local" } }\n')
  const { base, stateDir } = made
  bases.push(base)
  const env: Record<string, string> = {
    ...made.env,
    MOLTBOT_GATEWAY_PORT: String(await freePort()),
    SHELL: '/bin/bash',
  }
  const folders = ['.local/bin', '.config/autostart', 'Documents', 'log', 'host/gateways/old', '.cache']
  for (const folder of folders) mkdirSync(join(base, folder), { recursive: true, mode: 0o700 })
  const theirs = [
    '.bashrc',
    '.local/bin/other',
    '.config/autostart/other.desktop',
    'Documents/letter',
    'log/notes',
  ]
  for (const name of [...theirs, 'host/theirs.txt']) writeFileSync(join(base, name), `${name} of its owner`)
  symlinkSync(join(base, 'Documents'), join(base, 'host/gateways/old/link'))
  symlinkSync(join(base, 'Documents/letter'), join(base, 'log/moltbot-2026-01-30.log'))
  writeFileSync(join(stateDir, 'note'), 'in the state')
  const call = async (...args: string[]) => {
    const program = run([...args, '--json'], env)
    const exit = await program.exit
    return { exit, ...JSON.parse(program.output().stdout) }
  }
  return { ...made, env, call }
}

describe('uninstall', () => {
  it('ends the host and takes away all that was set up, and nothing else of a home changes', async () => {
    const { base, env, stateDir } = await livedIn()
    mkdirSync(join(base, 'repository'))
    const { launcher } = installedCopy(join(base, 'repository'))
    mkdirSync(join(base, 'host/backups'))
    writeFileSync(join(base, 'host/backups', backupName), 'a backup')
    writeFileSync(join(base, 'host/backup-key.txt'), 'its key')
    const before = filesIn(base)
    const host = spawn(launcher, ['host', '--port', '0', '--no-open'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    host.stdout.on('data', (piece) => {
      said += piece
    })
    await until(() => said.includes('Moltbot host ready'), 'the host', 20_000)
    const setups = [['login-item', 'enable'], ['completion', 'install'], ['install-cli']]
    for (const args of setups) expect(runOnce(launcher, args, env).code).toBe(0)
    const link = join(base, '.local/bin/moltbot')
    expect(existsSync(link)).toBe(true)
    const withAll = filesIn(base)

    const planned = JSON.parse(runOnce(launcher, ['uninstall', '--dry-run', '--json'], env).stdout)
    expect(planned).toMatchObject({ ok: true, dryRun: true, blockedBy: null, host: { pid: host.pid } })
    const asked = runOnce(launcher, ['uninstall'], env)
    expect(asked).toMatchObject({ code: 1, stdout: expect.stringContaining('Add --yes') })
    // Shown and not confirmed: all is there, and the host runs.
    expect(Object.keys(filesIn(base, ['host/', 'log/', 'tmp/']))).toEqual(
      Object.keys(withAll).filter((path) => !/^(?:host|log|tmp)\//.test(path)),
    )
    expect(isAlive(host.pid ?? 0)).toBe(true)

    const done = runOnce(launcher, ['uninstall', '--yes', '--json'], env)
    expect(JSON.parse(done.stdout)).toMatchObject({ ok: true, failed: [] })
    expect(isAlive(host.pid ?? 0)).toBe(false)
    const after = filesIn(base)
    const stays = (path: string) =>
      path.startsWith('state/') || path.startsWith('host/backups/') || path === 'host/backup-key.txt'
    expect(Object.fromEntries(Object.entries(after).filter(([path]) => !stays(path)))).toEqual(
      Object.fromEntries(
        Object.entries(before).filter(([path]) => !stays(path) && path !== 'host/gateways/old/link'),
      ),
    )
    for (const path of Object.keys(withAll).filter(stays)) expect(after[path]).toBe(withAll[path])
    expect(readFileSync(join(stateDir, 'note'), 'utf8')).toBe('in the state')
    const again = JSON.parse(runOnce(launcher, ['uninstall', '--yes', '--json'], env).stdout)
    expect(again).toMatchObject({ ok: true, removed: [], failed: [] })
  }, 40_000)

  it('takes state and backups only when each is named, and never a folder that is more than a state', async () => {
    const { base, env, call, stateDir } = await livedIn()
    const refused = { exit: 1, ok: false, code: 'UNINSTALL_STATE_UNSAFE' }
    const asState = async (path: string) => {
      const program = run(['uninstall', '--yes', '--state', '--json'], { ...env, MOLTBOT_STATE_DIR: path })
      return { exit: await program.exit, ...JSON.parse(program.output().stdout) }
    }
    symlinkSync(stateDir, join(base, 'linked'))
    writeFileSync(join(base, 'moltbot.json'), '{}')
    expect(await call('uninstall', '--yes')).toMatchObject({ exit: 1, code: 'UNINSTALL_HOST_DIR_UNSAFE' })
    expect(existsSync(join(base, 'host/gateways/old'))).toBe(true)
    // As where a host has run.
    writeFileSync(join(base, 'host/timeline.jsonl'), '')
    for (const path of ['linked', '.', 'Documents'])
      expect(await asState(join(base, path))).toMatchObject(refused)
    expect(existsSync(join(base, 'Documents/letter'))).toBe(true)

    // A living gateway's lock, as every Moltbot writes it.
    const sleeper = spawn('sleep', ['60'], { env })
    const lock = stateLockPath(join(stateDir, 'moltbot.json'), env.TMPDIR ?? '', process.getuid?.() ?? -1)
    mkdirSync(join(lock, '..'), { mode: 0o700 })
    const startTime = Number(openProcessTable().identify(sleeper.pid ?? 0)?.startTime)
    const record = {
      pid: sleeper.pid,
      createdAt: new Date().toISOString(),
      configPath: join(stateDir, 'moltbot.json'),
      startTime,
    }
    writeFileSync(lock, JSON.stringify(record), { mode: 0o600 })
    expect(await call('uninstall', '--yes', '--state')).toMatchObject({
      exit: 1,
      code: 'UNINSTALL_STATE_IN_USE',
      params: { pid: sleeper.pid },
    })
    expect(isAlive(sleeper.pid ?? 0)).toBe(true)
    sleeper.kill('SIGKILL')

    const shown = await typeInto({
      file: '/bin/bash',
      args: ['--norc', '--noprofile', '-i'],
      env: { ...env, PS1: 'READY> ', TERM: 'xterm' },
      cwd: base,
      lines: [`'${process.execPath}' '${commandLine}' uninstall --state; echo the end`],
      answers: { 'Remove all of this?': 'y', 'type its path': `${stateDir}/` },
    })
    expect(shown).toContain('That is not the path. Nothing was removed.')
    expect(existsSync(join(stateDir, 'note'))).toBe(true)

    expect(await call('uninstall', '--yes', '--state', '--backups')).toMatchObject({ exit: 0, failed: [] })
    expect(existsSync(stateDir)).toBe(false)
    expect(readFileSync(join(base, 'Documents/letter'), 'utf8')).toContain('of its owner')
  }, 30_000)

  it('waits for nobody’s work: refuses while a backup is made, and the backup is whole', async () => {
    const { base, env, call, stateDir } = await livedIn()
    mkdirSync(join(stateDir, 'agents'))
    for (let part = 0; part < 40; part += 1) {
      const path = join(stateDir, `agents/${part}.jsonl`)
      writeFileSync(path, '')
      truncateSync(path, 32 * 1024 ** 2)
    }
    const host = run(['host', '--port', '0', '--no-open'], env)
    await host.untilOutput('Moltbot host ready')
    const kept = join(stateDir, '..', 'host')
    let backup = host
    const shown = await typeInto({
      file: '/bin/bash',
      args: ['--norc', '--noprofile', '-i'],
      env: { ...env, PS1: 'READY> ', TERM: 'xterm' },
      cwd: base,
      lines: [`'${process.execPath}' '${commandLine}' uninstall; echo the end`],
      answers: {
        'Remove all of this?': async () => {
          backup = run(['backup', 'create'], env)
          await until(() => existsSync(join(kept, 'backup-work')), 'the backup under way')
          return 'y'
        },
      },
    })
    // One that began while its owner thought about it.
    expect(shown).toContain('A job is under way')
    expect(await call('uninstall', '--yes')).toMatchObject({ exit: 1, code: 'UNINSTALL_JOB_RUNS' })
    expect(isAlive(host.pid)).toBe(true)
    backup.child.kill('SIGINT')
    await backup.exit
    // A terminal of this host would end with it, and the command in its midst.
    const inside = run(['uninstall', '--yes', '--json'], { ...env, MOLTBOT_SUPERVISOR: 'a host' })
    expect(await inside.exit).toBe(1)
    expect(JSON.parse(inside.output().stdout)).toMatchObject({ code: 'UNINSTALL_FROM_TERMINAL' })
    expect(isAlive(host.pid)).toBe(true)
    host.child.kill('SIGTERM')
    expect(await host.exit).toBe(0)
  }, 30_000)
})

describeWith(['procfs', 'gnome-keyring'], 'uninstall, with a real keychain', () => {
  it('leaves secrets and the key of backups in it unless each is named', async () => {
    const session = await KeyringSession.start('unlocked')
    try {
      const { base, env: all, stateDir } = await livedIn()
      const { MOLTBOT_KEYCHAIN: _none, CLAWDBOT_GATEWAY_TOKEN: _token, ...plain } = all
      const { DBUS_SESSION_BUS_ADDRESS = '', XDG_RUNTIME_DIR = '' } = session.env
      const env = { ...plain, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR }
      const call = (words: string) =>
        runOnce('/bin/sh', ['-c', `"$0" "$1" ${words}`, process.execPath, commandLine], env)
      expect(call('secrets set SOME_KEY <<end\nsome-value\nend').code).toBe(0)
      mkdirSync(join(base, 'host/backups'))
      writeFileSync(join(base, 'host/backups', backupName), 'a backup')
      const keychain = () =>
        openKeychain({
          nodePath: process.execPath,
          env: { ...session.env },
          clock: systemClock,
          service: `Moltbot ${stateDir}`,
          waiting: () => {},
        })
      const kept = async () => {
        const asked = keychain()
        const found = await Promise.all(['SOME_KEY', 'backup-identity'].map((name) => asked?.get(name)))
        await asked?.close()
        return found.map((one) => (one?.ok ? one.value !== null : 'not read'))
      }
      const own = keychain()
      expect(await own?.set('backup-identity', 'its key')).toMatchObject({ ok: true })
      await own?.close()
      expect(await kept()).toEqual([true, true])
      expect(call('uninstall --yes').code).toBe(0)
      expect(await kept()).toEqual([true, true])
      await session.lock()
      const locked = call('uninstall --yes --secrets --json')
      expect(locked.code).toBe(1)
      // Without its list, nobody would find them again.
      expect(existsSync(join(base, 'host/secrets.json'))).toBe(true)
      await session.unlock()
      expect(call('uninstall --yes --secrets').code).toBe(0)
      expect(await kept()).toEqual([false, true])
      expect(call('uninstall --yes --backups')).toMatchObject({ code: 0 })
      expect(await kept()).toEqual([false, false])
      expect(existsSync(join(base, 'host/backups'))).toBe(false)
    } finally {
      await session.stop()
    }
  }, 40_000)
})
