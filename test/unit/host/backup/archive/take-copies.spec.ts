import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { StateCopies } from '../../../../../host/backup/archive/state-copies.ts'
import { takeCopies } from '../../../../../host/backup/archive/take-copies.ts'
import { findRoots, walkState } from '../../../../../host/backup/archive/walk-state.ts'
import { sampleState, silentHooks, temporaryFolder, writeFiles } from '../state-folder.ts'

function taking(state: string, hooks = silentHooks(), configPath = join(state, 'moltbot.json')) {
  const copies = new StateCopies(temporaryFolder())
  const roots = findRoots(state, configPath)
  const contentOf = (name: string) => readFileSync(copies.held.get(name)?.at ?? '', 'utf8')
  return { copies, contentOf, taken: takeCopies({ copies, list: () => walkState(roots), hooks }) }
}

/** Calls it every few ms until the test ends. */
function keepDoing(act: () => void, everyMs = 5): { stop(): void } {
  const timer = setInterval(act, everyMs)
  const stop = () => clearInterval(timer)
  onTestFinished(stop)
  return { stop }
}

it('is quiet where nobody writes, and asks for no pause', async () => {
  const state = sampleState()
  const hooks = { ...silentHooks(), pause: () => Promise.reject(new Error('asked')) }
  const { taken, copies } = taking(state, hooks)
  expect(await taken).toMatchObject({ consistency: 'quiet', skipped: [] })
  expect(copies.held.size).toBe(9)
})

it('takes again what changes, appears and goes while it looks', async () => {
  const state = sampleState()
  const { taken, copies, contentOf } = taking(state)
  writeFileSync(join(state, 'moltbot.json'), 'second')
  writeFiles(state, { 'cron/new.json': 'new' })
  rmSync(join(state, 'identity/device.json'))
  expect((await taken).consistency).toBe('quiet')
  expect(contentOf('state/moltbot.json')).toBe('second')
  expect(contentOf('state/cron/new.json')).toBe('new')
  expect(copies.held.has('state/identity/device.json')).toBe(false)
})

it('does not trust a time that a second write in the same tick would have too', () => {
  const state = sampleState()
  const file = join(state, 'moltbot.json')
  const copies = new StateCopies(temporaryFolder())
  const list = () => walkState(findRoots(state, file)).files.get('state/moltbot.json')
  writeFileSync(file, 'written just now')
  const listed = list()
  if (!listed) throw new Error('It is there')
  expect(copies.take('state/moltbot.json', listed)).toBe('taken')
  expect(copies.isCurrent('state/moltbot.json', listed)).toBe(false)
})

it('takes it for current once it has been left alone', async () => {
  const state = sampleState()
  await wait(80)
  const copies = new StateCopies(temporaryFolder())
  const [[name, listed] = []] = walkState(findRoots(state, join(state, 'moltbot.json'))).files
  if (!name || !listed) throw new Error('There are files')
  copies.take(name, listed)
  expect(copies.isCurrent(name, listed)).toBe(true)
  // The size and the time of the content are the same, as after a restore by rsync.
  const { path } = listed
  const content = readFileSync(path)
  writeFileSync(path, Buffer.alloc(content.length, 'z'))
  utimesSync(path, 1, 1)
  const again = walkState(findRoots(state, join(state, 'moltbot.json'))).files.get(name)
  expect(again && copies.isCurrent(name, again)).toBe(false)
})

it('asks for a pause where it never rests, and takes all of one moment then', async () => {
  const state = sampleState()
  let count = 0
  const one = join(state, 'cron/one.json')
  const two = join(state, 'cron/two.json')
  const writer = keepDoing(() => {
    count += 1
    writeFileSync(one, String(count))
    writeFileSync(two, String(count))
  })
  const told: string[] = []
  const hooks = {
    ...silentHooks(),
    pause: async () => {
      writer.stop()
      told.push('pause')
      return true
    },
    resume: () => void told.push('resume'),
  }
  const { taken, contentOf } = taking(state, hooks)
  expect((await taken).consistency).toBe('paused')
  expect(told).toEqual(['pause', 'resume'])
  expect(contentOf('state/cron/one.json')).toBe(String(count))
  expect(contentOf('state/cron/two.json')).toBe(String(count))
}, 15_000)

it('takes each file whole where nothing can be paused, and whole lines of those that grow', async () => {
  const state = sampleState()
  const lines = join(state, 'agents/main/sessions/s1.jsonl')
  const replaced = join(state, 'cron/jobs.json')
  const text = (count: number) => JSON.stringify({ count, filling: 'y'.repeat(50_000), end: count })
  let count = 0
  keepDoing(() => {
    count += 1
    // At every moment the last line is one that is being written.
    appendFileSync(lines, `,"n":${count}}\n{"half":"${'z'.repeat(count % 300)}"`)
    writeFileSync(`${replaced}.tmp`, text(count))
    renameSync(`${replaced}.tmp`, replaced)
  }, 1)
  appendFileSync(lines, '{"half":0')
  writeFileSync(replaced, text(0))
  const { taken, contentOf } = taking(state)
  expect((await taken).consistency).toBe('moving')
  const copied = contentOf('state/agents/main/sessions/s1.jsonl')
  expect(copied.endsWith('\n')).toBe(true)
  const numbers = copied
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).n)
  expect(numbers.at(-1)).toBeGreaterThan(20)
  const found = JSON.parse(contentOf('state/cron/jobs.json'))
  expect(found.count).toBe(found.end)
}, 15_000)

it('lists what it leaves out, and follows only links to the configuration and its environment', async () => {
  const state = sampleState()
  const elsewhere = temporaryFolder()
  writeFiles(elsewhere, { 'real.json': '{ real: true }', 'real.env': 'A=b', other: 'secret of others' })
  for (const [name, target] of [
    ['moltbot.json', 'real.json'],
    ['.env', 'real.env'],
    ['other', 'other'],
    ['none', 'none'],
  ] as const) {
    rmSync(join(state, name), { force: true })
    symlinkSync(join(elsewhere, target), join(state, name))
  }
  symlinkSync(elsewhere, join(state, 'credentials/linked'))
  execFileSync('mkfifo', [join(state, 'pipe')])
  const server = createServer().listen(join(state, 'sock'))
  onTestFinished(() => void server.close())
  writeFiles(state, {
    'a\nb': 'x',
    'agents/x.json.lock': '',
    'agents/.x.tmp': '',
    'logs/a.log': 'x',
    'sandboxes/a/b': 'x',
    '.moltbot-before-20261125-010203/moltbot.json': 'old',
    '.moltbot-restore/new/x': 'x',
    'skills/one/yarn.lock': 'no lock',
    'cron/A': '1',
    'cron/a': '2',
    'moltbot-20261125-010203.tar.gz.age': 'a backup in here',
  })
  mkdirSync(join(state, 'skills/empty'))
  const { taken, copies, contentOf } = taking(state)
  const { skipped, listing } = await taken
  expect(skipped.map(({ path, why }) => `${why} ${path}`).sort()).toEqual([
    'link credentials/linked',
    'link none',
    'link other',
    'name a\nb',
    'name cron/a',
    'notAFile pipe',
    'notAFile sock',
  ])
  expect(contentOf('state/moltbot.json')).toBe('{ real: true }')
  expect(contentOf('state/.env')).toBe('A=b')
  const names = [...copies.held.keys()].filter((name) => /lock|tmp|logs|sandb|\.moltbot|moltbot-2/.test(name))
  expect(names).toEqual(['state/skills/one/yarn.lock'])
  expect(listing.folders.has('state/skills/empty/')).toBe(true)
})

it('stores a configuration from elsewhere apart', async () => {
  const state = sampleState()
  const configPath = join(temporaryFolder(), 'my.json')
  writeFileSync(configPath, '{ mine: true }')
  const { taken, contentOf } = taking(state, silentHooks(), configPath)
  await taken
  expect(contentOf('config/moltbot.json')).toBe('{ mine: true }')
})
