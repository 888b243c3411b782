import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findLockHolder, stateLockPath } from '../../../../host/gateway/find-lock-holder.ts'
import { openProcessTable } from '../../../../host/processes/open-process-table.ts'

const uid = process.getuid?.() ?? -1
const isRoot = uid === 0
const nobody = 65_534
const table = openProcessTable()
let base = ''
let tmpDir = ''
let configPath = ''
const children: ChildProcess[] = []
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-holder-')))
  tmpDir = join(base, 'tmp')
  configPath = join(base, 'state', 'moltbot.json')
  for (const folder of [tmpDir, dirname(configPath)]) mkdirSync(folder)
  writeFileSync(configPath, '{}')
})
afterEach(async () => {
  for (const child of children.splice(0)) await end(child)
  rmSync(base, { recursive: true })
})

/** A process that stands for a gateway of whatever program. */
async function gateway(user = uid): Promise<{ child: ChildProcess; pid: number; startTime: number }> {
  const child = spawn('sleep', ['60'], { stdio: 'ignore', uid: user })
  children.push(child)
  await new Promise((resolve) => child.once('spawn', resolve))
  const pid = child.pid ?? 0
  return { child, pid, startTime: Number(table.identify(pid)?.startTime) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

/** The lock as a Moltbot writes it, with the modes that it leaves to the umask. */
function lockOf(pid: number, more: object = {}) {
  return JSON.stringify({ pid, createdAt: new Date().toISOString(), configPath, ...more })
}

function plant(text: string, path = stateLockPath(configPath, tmpDir, uid)): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 })
  writeFileSync(path, text, { mode: 0o644 })
  return path
}

const find = (path = configPath) => findLockHolder({ configPath: path, tmpDir, uid, table })

describe('the holder of a state’s lock', () => {
  it('is where Moltbot says it', () => {
    // printf %s /home/molty/.clawdbot/moltbot.json | sha1sum
    expect(stateLockPath('/home/molty/.clawdbot/moltbot.json', '/tmp', 1000)).toBe(
      '/tmp/moltbot-1000/gateway.e22efb43.lock',
    )
  })

  it.each(['moltbot', 'clawdbot'])('is found in the folder of %s', async (name) => {
    const { pid, startTime } = await gateway()
    const path = stateLockPath(configPath, tmpDir, uid)
    plant(lockOf(pid, { startTime }), path.replace(`/moltbot-${uid}/`, `/${name}-${uid}/`))
    expect(await find()).toMatchObject({ pid, startTime: String(startTime), program: 'sleep' })
  })

  it('is found in the temporary folder of this process', async () => {
    const before = process.env.TMPDIR
    process.env.TMPDIR = tmpDir
    try {
      const { pid, startTime } = await gateway()
      plant(lockOf(pid, { startTime }))
      expect(await findLockHolder({ configPath, table })).toMatchObject({ pid })
    } finally {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
    }
  })

  it('is found by whatever path it was started with', async () => {
    const { pid, startTime } = await gateway()
    const linked = join(base, 'linked', 'moltbot.json')
    symlinkSync('state', join(base, 'linked'))
    plant(lockOf(pid, { startTime, configPath: linked }), stateLockPath(linked, tmpDir, uid))
    expect(await find()).toMatchObject({ pid })
    expect(await find(linked)).toMatchObject({ pid })
    rmSync(configPath)
    expect(await find()).toMatchObject({ pid })
    expect(await find(join(base, 'state', 'other.json'))).toBeNull()
  })

  it('is nobody where no lock was ever written', async () => {
    expect(await find()).toBeNull()
  })

  it('is nobody when it was killed, and its lock stays', async () => {
    const { child, pid, startTime } = await gateway()
    const path = plant(lockOf(pid, { startTime }))
    expect(await find()).toMatchObject({ pid })
    await end(child)
    expect(await find()).toBeNull()
    expect(readFileSync(path, 'utf8')).toContain(String(pid))
  })

  it('is nobody where another process was given its pid', async () => {
    const { pid, startTime } = await gateway()
    plant(lockOf(pid, { startTime: startTime - 1 }))
    expect(await find()).toBeNull()
  })

  it('is told from a later one by the lock’s age where no start time is in it', async () => {
    const { pid } = await gateway()
    plant(lockOf(pid))
    expect(await find()).toMatchObject({ pid })
    plant(lockOf(pid, { createdAt: new Date(Date.now() - 60_000).toISOString() }))
    expect(await find()).toBeNull()
  })

  it('is never this process', async () => {
    plant(lockOf(process.pid, { startTime: Number(table.identify(process.pid)?.startTime) }))
    expect(await find()).toBeNull()
  })

  it('is nobody of another configuration whose hash is the same', async () => {
    const { pid, startTime } = await gateway()
    plant(lockOf(pid, { startTime, configPath: join(base, 'elsewhere', 'moltbot.json') }))
    expect(await find()).toBeNull()
  })

  it.skipIf(!isRoot)('is nobody where the process is another user’s', async () => {
    const { pid, startTime } = await gateway(nobody)
    plant(lockOf(pid, { startTime }))
    expect(await find()).toBeNull()
  })
})

describe('a lock that nobody of ours wrote', () => {
  let valid = ''
  let path = ''
  beforeEach(async () => {
    const { pid, startTime } = await gateway()
    valid = lockOf(pid, { startTime })
    path = plant(valid)
    expect(await find()).toMatchObject({ pid })
  })

  it('is broken, and is passed over', async () => {
    const whole = JSON.parse(valid)
    const broken: unknown[] = [
      null,
      [],
      7,
      { ...whole, pid: String(whole.pid) },
      { ...whole, pid: 0 },
      { ...whole, pid: -whole.pid },
      { ...whole, pid: whole.pid + 0.5 },
      { ...whole, startTime: String(whole.startTime) },
      { ...whole, startTime: null },
      { ...whole, createdAt: 1 },
      { ...whole, startTime: undefined, createdAt: 'today' },
      { ...whole, configPath: [configPath] },
    ]
    for (const text of ['', '{', valid.slice(0, -1), ...broken.map((found) => JSON.stringify(found))]) {
      writeFileSync(path, text)
      expect(await find(), text).toBeNull()
    }
  })

  it('does not hide one beside it', async () => {
    plant('{', join(dirname(path), 'gateway.00000000.lock'))
    expect(await find()).not.toBeNull()
  })

  it('is read up to 64 kB', async () => {
    writeFileSync(path, valid.padEnd(64 * 1024))
    expect(await find()).not.toBeNull()
    writeFileSync(path, valid.padEnd(64 * 1024 + 1))
    expect(await find()).toBeNull()
  })

  it('is a link, and is not followed', async () => {
    renameSync(path, join(base, 'target'))
    symlinkSync(join(base, 'target'), path)
    expect(await find()).toBeNull()
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe(valid)
  })

  it('is a second name of another file, and is passed over', async () => {
    linkSync(path, join(base, 'other'))
    expect(await find()).toBeNull()
    expect(lstatSync(path).nlink).toBe(2)
  })

  it('is a FIFO, and is not waited for', async () => {
    rmSync(path)
    execFileSync('mkfifo', [path])
    const finding = find()
    try {
      expect(await Promise.race([finding, wait(1_000, 'it waits')])).toBeNull()
      expect(lstatSync(path).isFIFO()).toBe(true)
    } finally {
      // Whoever waits for a writer has one now.
      closeSync(openSync(path, constants.O_RDWR | constants.O_NONBLOCK))
      await finding
    }
  })

  it('is a folder, and stays', async () => {
    rmSync(path)
    mkdirSync(path)
    expect(await find()).toBeNull()
    expect(lstatSync(path).isDirectory()).toBe(true)
  })

  it('is in a folder that is a link, and is not followed there', async () => {
    renameSync(dirname(path), join(base, 'planted'))
    symlinkSync(join(base, 'planted'), dirname(path))
    expect(await find()).toBeNull()
    expect(readFileSync(path, 'utf8')).toBe(valid)
  })

  it.skipIf(!isRoot)('is another user’s, and is passed over', async () => {
    chownSync(path, nobody, nobody)
    expect(await find()).toBeNull()
    expect(readFileSync(path, 'utf8')).toBe(valid)
  })

  it.skipIf(!isRoot)('is in a folder of another user, and is passed over', async () => {
    chmodSync(dirname(path), 0o777)
    chownSync(dirname(path), nobody, nobody)
    expect(await find()).toBeNull()
    expect(readFileSync(path, 'utf8')).toBe(valid)
  })
})
