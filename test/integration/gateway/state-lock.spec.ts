import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { findLockHolder, stateLockPath } from '../../../host/gateway/find-lock-holder.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { freePort, homes, programs } from './gateway-process.ts'

const home = homes()
const run = programs()
const uid = process.getuid?.() ?? -1
const table = openProcessTable()

/** A state, the lock of its gateway, and gateways on it, each on a port of its own. */
function state() {
  const { env, configPath, readLog, base } = home('{ gateway: { mode: "local" } }')
  const tmpDir = join(base, 'tmp')
  const lockPath = stateLockPath(configPath, tmpDir, uid)
  const begin = async (more: Record<string, string> = {}) => {
    const port = await freePort()
    return { port, gateway: run(['gateway', '--port', String(port)], { ...env, ...more }) }
  }
  const start = async (more: Record<string, string> = {}) => {
    const started = await begin(more)
    await started.gateway.untilOutput('The gateway is ready')
    return started
  }
  return {
    configPath,
    lockPath,
    base,
    begin,
    start,
    find: () => findLockHolder({ configPath, tmpDir, table }),
    written: () => until(() => existsSync(lockPath) && statSync(lockPath).isFile(), 'the lock'),
    warned: (detail: string) =>
      until(() => /cannot see that this gateway.*/.exec(readLog())?.[0].includes(detail) ?? false, detail),
  }
}

describe('the lock of a gateway', () => {
  it('names it while it runs, in a file that is this user’s alone', async () => {
    const { configPath, lockPath, start, find, written } = state()
    const { gateway } = await start()
    await written()
    expect(await find()).toMatchObject({ pid: gateway.pid })
    const stat = readFileSync(`/proc/${gateway.pid}/stat`, 'latin1')
    expect(JSON.parse(readFileSync(lockPath, 'utf8'))).toEqual({
      pid: gateway.pid,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      configPath,
      // Field 22; the first one after the name in parentheses is the third.
      startTime: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]),
    })
    expect([statSync(dirname(lockPath)).mode & 0o777, statSync(lockPath).mode & 0o777]).toEqual([
      0o700, 0o600,
    ])
    gateway.child.kill('SIGTERM')
    expect(await gateway.exit).toBe(0)
    expect(await find()).toBeNull()
    expect(readdirSync(dirname(lockPath))).toEqual([])
  })

  it('of one that was killed is stale, and gives way to the next one’s', async () => {
    const { lockPath, start, find, written } = state()
    const { gateway: killed } = await start()
    await written()
    killed.child.kill('SIGKILL')
    await killed.exit
    expect(await find()).toBeNull()
    expect(existsSync(lockPath)).toBe(true)
    const { gateway: next } = await start()
    await until(async () => (await find())?.pid === next.pid, 'the next one')
  })

  it('stays the first one’s, of two that start at once on the remainder of a third: the other waits five seconds for its end, says who holds it, and never listens', async () => {
    const { lockPath, begin, start, find } = state()
    const { gateway: killed } = await start()
    killed.child.kill('SIGKILL')
    await killed.exit
    const beganAt = performance.now()
    const both = await Promise.all([begin(), begin()])
    await Promise.race(both.map(({ gateway }) => gateway.untilOutput('Gateway ready')))
    const holder = await find()
    const first = both.find(({ gateway }) => gateway.pid === holder?.pid)
    const second = both.find(({ gateway }) => gateway.pid !== holder?.pid)
    const before = readFileSync(lockPath)
    expect(await second?.gateway.exit).toBe(1)
    expect(performance.now() - beganAt).toBeGreaterThan(5_000)
    const { stdout = '', stderr = '' } = second?.gateway.output() ?? {}
    expect(stdout).toBe('')
    for (const text of [
      `pid ${first?.gateway.pid}`,
      `port ${first?.port}`,
      lockPath,
      'moltbot service stop',
    ]) {
      expect(stderr).toContain(text)
    }
    expect(readFileSync(lockPath)).toEqual(before)
    expect(await find()).toMatchObject({ pid: first?.gateway.pid })
    expect(readdirSync(dirname(lockPath))).toHaveLength(1)
  })

  it('is given over within that time by one that ends', async () => {
    const { begin, start, find } = state()
    const { gateway: first } = await start()
    const { gateway: second } = await begin()
    await delay(300)
    first.child.kill('SIGTERM')
    expect(await first.exit).toBe(0)
    await second.untilOutput('Gateway ready')
    expect(await find()).toMatchObject({ pid: second.pid })
  })

  it('whose pid is another program’s by now, or our own, is nobody’s', async () => {
    const { configPath, lockPath, start, find } = state()
    mkdirSync(dirname(lockPath), { mode: 0o700 })
    // This process lives and has another start time.
    const createdAt = new Date().toISOString()
    writeFileSync(lockPath, JSON.stringify({ pid: process.pid, createdAt, configPath, startTime: 1 }))
    const { gateway } = await start()
    expect(await find()).toMatchObject({ pid: gateway.pid })
  })

  it('that was left half written is waited for while it is young, and taken when it is old', async () => {
    const { lockPath, start } = state()
    mkdirSync(dirname(lockPath), { mode: 0o700 })
    writeFileSync(lockPath, '{"pid":')
    const old = new Date(Date.now() - 31_000)
    utimesSync(lockPath, old, old)
    await start()
    expect(readFileSync(lockPath, 'utf8')).toContain('"startTime"')
    const young = state()
    mkdirSync(dirname(young.lockPath), { mode: 0o700 })
    writeFileSync(young.lockPath, '{"pid":')
    const { gateway } = await young.begin()
    await delay(500)
    expect(readFileSync(young.lockPath, 'utf8')).toBe('{"pid":')
    expect(gateway.output().stdout).toBe('')
    writeFileSync(young.lockPath, '{"pid":1,"createdAt":"x","configPath":"y","startTime":0}')
    await gateway.untilOutput('Gateway ready')
  })

  it('is left behind where another program has put its own there', async () => {
    const { lockPath, start, written } = state()
    const { gateway } = await start()
    await written()
    writeFileSync(`${lockPath}.theirs`, 'theirs')
    renameSync(`${lockPath}.theirs`, lockPath)
    gateway.child.kill('SIGTERM')
    expect(await gateway.exit).toBe(0)
    expect(readFileSync(lockPath, 'utf8')).toBe('theirs')
  })

  it('closes a folder of ours that others may enter', async () => {
    const { lockPath, start, written } = state()
    mkdirSync(dirname(lockPath))
    chmodSync(dirname(lockPath), 0o777)
    await start()
    await written()
    expect(statSync(dirname(lockPath)).mode & 0o777).toBe(0o700)
  })
})

describe('a lock that cannot be written', () => {
  it('for a planted folder changes nothing there, and the gateway runs and ends as ever', async () => {
    const { base, lockPath, start, warned } = state()
    mkdirSync(join(base, 'victim'), { mode: 0o755 })
    symlinkSync(join(base, 'victim'), dirname(lockPath))
    const { gateway } = await start()
    await warned('it is a link')
    gateway.child.kill('SIGTERM')
    expect(await gateway.exit).toBe(0)
    expect(readdirSync(join(base, 'victim'))).toEqual([])
    expect(statSync(join(base, 'victim')).mode & 0o777).toBe(0o755)
  })

  it('for a link in its place leaves it, and the gateway runs and ends as ever', async () => {
    const { base, lockPath, start, warned } = state()
    mkdirSync(dirname(lockPath), { mode: 0o700 })
    writeFileSync(join(base, 'victim'), 'precious')
    symlinkSync(join(base, 'victim'), lockPath)
    const { gateway } = await start()
    await warned('no lock of this user')
    gateway.child.kill('SIGTERM')
    expect(await gateway.exit).toBe(0)
    expect(lstatSync(lockPath).isSymbolicLink()).toBe(true)
    expect(readlinkSync(lockPath)).toBe(join(base, 'victim'))
    expect(readFileSync(join(base, 'victim'), 'utf8')).toBe('precious')
  })

  it('for want of a temporary folder does not keep the gateway from running', async () => {
    const { start, warned } = state()
    // Not even root can make a folder there.
    const { gateway } = await start({ TMPDIR: '/proc/nowhere' })
    await warned('ENOENT')
    gateway.child.kill('SIGTERM')
    expect(await gateway.exit).toBe(0)
  })
})
