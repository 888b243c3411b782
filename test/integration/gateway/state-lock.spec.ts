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
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
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
  const start = async (more: Record<string, string> = {}) => {
    const gateway = run(['gateway', '--port', String(await freePort())], { ...env, ...more })
    await gateway.untilOutput('The gateway is ready')
    return gateway
  }
  return {
    configPath,
    lockPath,
    base,
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
    const gateway = await start()
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
    const killed = await start()
    await written()
    killed.child.kill('SIGKILL')
    await killed.exit
    expect(await find()).toBeNull()
    expect(existsSync(lockPath)).toBe(true)
    const next = await start()
    await until(async () => (await find())?.pid === next.pid, 'the next one')
  })

  it('stays the first one’s while a second one runs on the same state', async () => {
    const { lockPath, start, find, written, warned } = state()
    const first = await start()
    await written()
    const before = readFileSync(lockPath)
    const second = await start()
    await warned(`pid ${first.pid}`)
    second.child.kill('SIGTERM')
    expect(await second.exit).toBe(0)
    expect(readFileSync(lockPath)).toEqual(before)
    expect(await find()).toMatchObject({ pid: first.pid })
  })

  it('is left behind where another program has put its own there', async () => {
    const { lockPath, start, written } = state()
    const gateway = await start()
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
    const gateway = await start()
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
    const gateway = await start()
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
    const gateway = await start({ TMPDIR: '/proc/nowhere' })
    await warned('ENOENT')
    gateway.child.kill('SIGTERM')
    expect(await gateway.exit).toBe(0)
  })
})
