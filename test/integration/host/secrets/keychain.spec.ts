import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Clock, systemClock } from '../../../../host/clock.ts'
import { type Keychain, openKeychain } from '../../../../host/secrets/keychain.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { childrenOf, isAlive } from '../../../fixtures/kernel.ts'
import { type KeyringMode, KeyringSession } from '../../../fixtures/keyring-session.ts'
import { describeWith } from '../../../setup/requirements.ts'

const root = resolve(import.meta.dirname, '../../../..')
const opened: Keychain[] = []
let waits: boolean[] = []

function open(session: KeyringSession, clock: Clock = systemClock): Keychain {
  const keychain = openKeychain({
    nodePath: process.execPath,
    env: session.env,
    clock,
    service: 'Moltbot of a test',
    waiting: (isWaiting) => waits.push(isWaiting),
  })
  if (!keychain) throw new Error('no keychain')
  opened.push(keychain)
  return keychain
}

function helpers(): number[] {
  return childrenOf(process.pid).filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('keychain-process'),
  )
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const start = performance.now()
  const value = await work
  expect(performance.now() - start).toBeLessThan(limitMs)
  return value
}

afterEach(async () => {
  for (const keychain of opened.splice(0)) await keychain.close()
  expect(helpers()).toEqual([])
  waits = []
})

describeWith(['procfs', 'gnome-keyring'], 'the keychain, unlocked', () => {
  let session: KeyringSession
  beforeAll(async () => {
    session = await KeyringSession.start('unlocked')
  })
  afterEach(() => session.resume())
  afterAll(() => session.stop())

  it('is ready, and gives back what it was given, character for character', async () => {
    const keychain = open(session)
    expect(await keychain.probe()).toEqual({ state: 'ready', problem: null })
    const values = [
      'plain-value-1',
      'two\nlines\tand a tab',
      'emoji 😀 and 中文',
      `"'\`$\\{}`,
      'x'.repeat(16 * 1024),
    ]
    for (const value of values) {
      expect(await keychain.set('NAME', value)).toEqual({ ok: true, value: null })
      expect(await keychain.get('NAME')).toEqual({ ok: true, value })
    }
    expect(await keychain.delete('NAME')).toEqual({ ok: true, value: true })
    expect(await keychain.delete('NAME')).toEqual({ ok: true, value: false })
    expect(await keychain.get('NAME')).toEqual({ ok: true, value: null })
  })

  it('shows no value in the command line or environment of any process', async () => {
    const keychain = open(session)
    const value = 'canary-of-the-command-line-0815'
    await keychain.set('NAME', value)
    await keychain.get('NAME')
    const [helper = 0] = helpers()
    expect(isAlive(helper)).toBe(true)
    for (const file of ['cmdline', 'environ']) {
      expect(readFileSync(`/proc/${helper}/${file}`, 'latin1')).not.toContain('canary')
    }
    await keychain.delete('NAME')
  })

  it('hands the process nothing of the environment but what finds the keychain', async () => {
    const secret = 'canary-of-the-environment-0815'
    const keychain = openKeychain({
      nodePath: process.execPath,
      env: { ...session.env, ANTHROPIC_API_KEY: secret, NODE_OPTIONS: '--no-warnings' },
      clock: systemClock,
      service: 'Moltbot of a test',
      waiting: () => {},
    })
    if (!keychain) throw new Error('no keychain')
    opened.push(keychain)
    await keychain.probe()
    const environment = readFileSync(`/proc/${helpers()[0]}/environ`, 'latin1')
    expect(environment).toContain('DBUS_SESSION_BUS_ADDRESS')
    expect(environment).not.toContain(secret)
    expect(environment).not.toContain('NODE_OPTIONS')
  })

  it('is spoken to by no process when it is idle, and by a fresh one afterwards', async () => {
    const keychain = open(session, {
      ...systemClock,
      after: (delayMs, run) => systemClock.after(delayMs / 10, run),
    })
    await keychain.probe()
    const [helper = 0] = helpers()
    await until(() => !isAlive(helper), 'the end of the idle process', 1_000)
    expect((await keychain.probe()).state).toBe('ready')
  })

  it('says within 2.5 s that it waits where it is silent, goes on, and answers when it is back', async () => {
    const keychain = open(session)
    await keychain.set('NAME', 'a value to wait for')
    session.pause()
    const start = performance.now()
    let turns = 0
    const turning = setInterval(() => {
      turns += 1
    }, 10)
    const asked = keychain.get('NAME')
    await until(() => waits.length > 0, 'the word that it waits', 3_000)
    clearInterval(turning)
    // The host goes on with everything else meanwhile.
    expect(turns).toBeGreaterThan(20)
    expect(performance.now() - start).toBeGreaterThan(1_500)
    session.resume()
    expect(await asked).toEqual({ ok: true, value: 'a value to wait for' })
    expect(waits).toEqual([true, false])
  })

  it('fails at once what a process that dies was asked', async () => {
    const keychain = open(session)
    await keychain.probe()
    session.pause()
    const asked = keychain.get('NAME')
    const [helper = 0] = helpers()
    process.kill(helper, 'SIGKILL')
    expect(await within(1_000, asked)).toMatchObject({ ok: false, code: 'KEYCHAIN_FAILED' })
    session.resume()
    expect((await keychain.probe()).state).toBe('ready')
  })

  it('is given up after two minutes, with the process that waits for it', async () => {
    const keychain = open(session, {
      ...systemClock,
      after: (delayMs, run) => systemClock.after(delayMs > 100_000 ? delayMs / 100 : delayMs, run),
    })
    await keychain.probe()
    session.pause()
    const asked = keychain.get('NAME')
    const [helper = 0] = helpers()
    expect(await asked).toMatchObject({
      ok: false,
      code: 'KEYCHAIN_FAILED',
      params: { detail: 'no answer for 120 s' },
    })
    await until(() => !isAlive(helper), 'the end of the process', 1_000)
    session.resume()
    expect((await keychain.probe()).state).toBe('ready')
  })

  it('lets itself be closed in the middle of a call', async () => {
    const keychain = open(session)
    await keychain.probe()
    session.pause()
    const asked = keychain.set('NAME', 'never arrives, or does')
    const [helper = 0] = helpers()
    await within(1_500, keychain.close())
    expect(isAlive(helper)).toBe(false)
    expect(await asked).toMatchObject({ ok: false, code: 'KEYCHAIN_FAILED' })
    expect(await keychain.get('NAME')).toMatchObject({ ok: false, code: 'KEYCHAIN_FAILED' })
    expect(helpers()).toEqual([])
    session.resume()
  })

  it('leaves no process behind a host that is killed, also in the middle of a call', async () => {
    const script = `
      import { openKeychain } from '${root}/host/secrets/keychain.ts'
      import { type Clock, systemClock } from '${root}/host/clock.ts'
      const keychain = openKeychain({ nodePath: process.execPath, env: process.env, clock: systemClock,
        service: 'Moltbot of a test', waiting() {} })
      await keychain.probe()
      process.stdout.write('ready')
      process.stdin.once('data', () => void keychain.get('NAME'))
      setInterval(() => {}, 1000)`
    const host: ChildProcess = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      env: session.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    if (host.stdout) await once(host.stdout, 'data')
    const [helper = 0] = childrenOf(host.pid ?? 0)
    expect(isAlive(helper)).toBe(true)
    session.pause()
    host.stdin?.write('go')
    await new Promise((done) => setTimeout(done, 300))
    host.kill('SIGKILL')
    await until(() => !isAlive(helper), 'the end of the process', 2_000)
    session.resume()
  })
})

describeWith(['procfs', 'gnome-keyring'], 'the keychain that cannot be used', () => {
  let session: KeyringSession | null = null
  const begin = async (mode: KeyringMode) => {
    session = await KeyringSession.start(mode)
    return open(session)
  }
  afterEach(async () => {
    await session?.stop()
    session = null
  })

  it.each([
    { mode: 'absent', state: 'absent', code: 'KEYCHAIN_ABSENT' },
    { mode: 'none', state: 'absent', code: 'KEYCHAIN_ABSENT' },
    { mode: 'locked', state: 'locked', code: 'KEYCHAIN_LOCKED' },
  ] as const)(
    'says so where it is $mode, within 2.5 s, and never that there is no such secret',
    async (row) => {
      const keychain = await begin(row.mode)
      await keychain.probe() // has started what speaks to it
      expect(await within(2_500, keychain.probe())).toMatchObject({
        state: row.state,
        problem: { code: row.code },
      })
      expect(await within(2_500, keychain.get('NAME'))).toMatchObject({ ok: false, code: row.code })
      expect(await within(2_500, keychain.set('NAME', 'a value'))).toMatchObject({
        ok: false,
        code: row.code,
      })
      expect(await within(2_500, keychain.delete('NAME'))).toMatchObject({ ok: false, code: row.code })
    },
  )

  it('keeps what it has through being locked and unlocked again', async () => {
    const keychain = await begin('unlocked')
    await keychain.set('NAME', 'kept while it is locked')
    await session?.lock()
    expect(await keychain.get('NAME')).toMatchObject({ ok: false, code: 'KEYCHAIN_LOCKED' })
    expect(await keychain.delete('NAME')).toMatchObject({ ok: false, code: 'KEYCHAIN_LOCKED' })
    await session?.unlock()
    expect(await keychain.get('NAME')).toEqual({ ok: true, value: 'kept while it is locked' })
  })

  it('fails at once where the bus goes in the middle of a call', async () => {
    const keychain = await begin('unlocked')
    await keychain.set('NAME', 'some value')
    session?.pause()
    const asked = keychain.get('NAME')
    await new Promise((done) => setTimeout(done, 200))
    session?.killBus()
    const answer = await within(2_000, asked)
    expect(answer.ok).toBe(false)
    expect(['KEYCHAIN_FAILED', 'KEYCHAIN_ABSENT']).toContain('code' in answer ? answer.code : '')
    expect((await keychain.probe()).state).toBe('absent')
  })
})

describeWith(['procfs', 'gnome-keyring'], 'a session without a keychain', () => {
  it('is told from one whose Node cannot be started', async () => {
    const keychain = openKeychain({
      nodePath: join(root, 'nonexistent'),
      env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
      clock: systemClock,
      service: 'x',
      waiting: () => {},
    })
    expect(await keychain?.get('NAME')).toMatchObject({ ok: false, code: 'KEYCHAIN_FAILED' })
    await keychain?.close()
  })

  it('is known without starting anything', () => {
    const env = { HOME: '/nonexistent', XDG_RUNTIME_DIR: join(root, 'nonexistent'), MOLTBOT_KEYCHAIN: 'none' }
    const parts = { nodePath: process.execPath, clock: systemClock, service: 'x', waiting: () => {} }
    expect(openKeychain({ ...parts, env })).toBeNull()
    expect(
      openKeychain({ ...parts, env: { MOLTBOT_KEYCHAIN: 'none', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x' } }),
    ).toBeNull()
    expect(helpers()).toEqual([])
  })
})
