import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import {
  discardStaging,
  keptStates,
  prepareStaging,
  recoverInterrupted,
  swapBack,
  swapIn,
} from '../../../../../host/backup/swap/swap.ts'
import { sampleState, temporaryFolder, treeOf, writeFiles } from '../state-folder.ts'

const newState = {
  'state/moltbot.json': '{ fresh: true }',
  'state/agents/other/x.json': '1',
  'state/fresh/a/b': '2',
}
const staysHere = { 'logs/a.log': 'log', 'sandboxes/box/x': 'x', 'gateway.lock': '1' }
const isOurs = (name: string) => name.startsWith('.moltbot-')

async function staged(state: string, files: Record<string, string> = newState): Promise<string> {
  const staging = await prepareStaging(state)
  if (!staging.ok) throw new Error(staging.code)
  writeFiles(staging.folder, files)
  return staging.folder
}

async function swapped(state: string, replaces: 'all' | 'listed', configPath = join(state, 'moltbot.json')) {
  const swap = await swapIn({ stateDir: state, configPath, replaces })
  if (!swap.ok) throw new Error(`${swap.code} ${JSON.stringify(swap.params)}`)
  return swap.keptAt
}

it('puts the new state in place of all of the old one, and brings that back whole', async () => {
  const state = sampleState()
  writeFiles(state, staysHere)
  const before = treeOf(state, isOurs)
  const folder = await staged(state)
  const wanted = treeOf(join(folder, 'state'))
  const keptAt = await swapped(state, 'all')
  const stays = (name: string) => /^(?:logs|sandboxes|gateway\.lock)/.test(name)
  expect(treeOf(state, (name) => isOurs(name) || stays(name))).toEqual(wanted)
  expect(readFileSync(join(state, 'logs/a.log'), 'utf8')).toBe('log')
  expect(existsSync(join(state, '.moltbot-restore'))).toBe(false)
  const kept = treeOf(keptAt, (name) => name.startsWith('.moltbot-kept'))
  expect(kept).toEqual(before.filter((line) => !stays(line)))
  expect(await keptStates(state)).toEqual([{ path: keptAt, at: expect.any(Number) }])

  writeFiles(state, { 'cron/made-meanwhile.json': 'x' })
  expect(await swapBack(state, keptAt)).toEqual({ ok: true })
  expect(treeOf(state)).toEqual(before)
})

it('replaces only what a plain backup has', async () => {
  const state = sampleState()
  const before = treeOf(state)
  await staged(state, { 'state/moltbot.json': 'other', 'state/extra.json': 'x' })
  const keptAt = await swapped(state, 'listed')
  expect(readFileSync(join(state, 'moltbot.json'), 'utf8')).toBe('other')
  expect(existsSync(join(state, 'credentials/whatsapp/default/creds.json'))).toBe(true)
  writeFiles(state, { 'identity/device.json': 'changed since' })
  expect(await swapBack(state, keptAt)).toEqual({ ok: true })
  expect(existsSync(join(state, 'extra.json'))).toBe(false)
  expect(readFileSync(join(state, 'identity/device.json'), 'utf8')).toBe('changed since')
  writeFileSync(join(state, 'identity/device.json'), '{"deviceId":"d"}')
  expect(treeOf(state)).toEqual(before)
})

it('puts the configuration where this machine has it, through a link too, and brings the former back', async () => {
  const state = sampleState()
  const elsewhere = temporaryFolder()
  writeFileSync(join(elsewhere, 'real.json'), 'former')
  symlinkSync(join(elsewhere, 'real.json'), join(elsewhere, 'my.json'))
  await staged(state)
  const keptAt = await swapped(state, 'all', join(elsewhere, 'my.json'))
  expect(readFileSync(join(elsewhere, 'real.json'), 'utf8')).toBe('{ fresh: true }')
  expect(existsSync(join(state, 'moltbot.json'))).toBe(false)
  await swapBack(state, keptAt)
  expect(readFileSync(join(elsewhere, 'my.json'), 'utf8')).toBe('former')

  await staged(state, { ...newState, 'config/moltbot.json': 'from elsewhere' })
  await swapped(state, 'all')
  expect(readFileSync(join(state, 'moltbot.json'), 'utf8')).toBe('from elsewhere')
})

it('takes away a configuration that was not there before', async () => {
  const state = sampleState()
  const configPath = join(temporaryFolder(), 'deep/my.json')
  await staged(state)
  const keptAt = await swapped(state, 'all', configPath)
  expect(readFileSync(configPath, 'utf8')).toBe('{ fresh: true }')
  await swapBack(state, keptAt)
  expect(existsSync(configPath)).toBe(false)
})

it('works in a state folder that is a link, and in one that is new', async () => {
  const real = sampleState()
  const link = join(temporaryFolder(), 'link')
  symlinkSync(real, link)
  await staged(link)
  const keptAt = await swapped(link, 'all')
  expect(existsSync(join(real, basename(keptAt), 'moltbot.json'))).toBe(true)
  const fresh = join(temporaryFolder(), 'a/b/state')
  await staged(fresh)
  await swapped(fresh, 'all')
  expect(existsSync(join(fresh, 'fresh/a/b'))).toBe(true)
})

it('undoes by itself what cannot be done', async () => {
  const state = sampleState()
  const before = treeOf(state)
  await staged(state)
  // A folder where the configuration should be written.
  const configPath = join(temporaryFolder(), 'my.json')
  mkdirSync(join(configPath, 'x'), { recursive: true })
  const swap = await swapIn({ stateDir: state, configPath, replaces: 'all' })
  expect(swap).toMatchObject({ ok: false, code: 'RESTORE_FAILED' })
  expect(treeOf(state)).toEqual(before)
})

it('recovers nothing where nothing was begun, and removes what was only unpacked', async () => {
  const state = sampleState()
  const before = treeOf(state)
  expect(await recoverInterrupted(state)).toEqual({ kind: 'none' })
  expect(await recoverInterrupted(join(state, 'missing'))).toEqual({ kind: 'none' })
  await staged(state)
  expect(await recoverInterrupted(state)).toEqual({ kind: 'none' })
  expect(treeOf(state)).toEqual(before)
  await staged(state)
  await discardStaging(state)
  expect(treeOf(state)).toEqual(before)
})

it('touches nothing on the word of a journal that it cannot understand', async () => {
  const state = sampleState()
  await staged(state)
  for (const text of [
    '{',
    '{}',
    '{"format":2}',
    '{"format":1,"way":"in","kept":"../x","external":null,"moved":[],"put":[]}',
  ]) {
    writeFileSync(join(state, '.moltbot-restore/journal.json'), text)
    const before = treeOf(state)
    expect(await recoverInterrupted(state)).toMatchObject({ kind: 'stuck' })
    expect(treeOf(state)).toEqual(before)
    expect(await prepareStaging(state)).toMatchObject({ ok: false, code: 'RESTORE_INTERRUPTED' })
    await discardStaging(state)
    expect(treeOf(state)).toEqual(before)
  }
})

it('keeps what somebody wrote into a state that was cut off', async () => {
  const state = sampleState()
  const before = treeOf(state)
  await staged(state)
  const kept = '.moltbot-before-20261125-010203'
  const journal = {
    format: 1,
    way: 'in',
    kept,
    external: null,
    moved: ['moltbot.json', 'agents'],
    put: ['fresh'],
  }
  writeFileSync(join(state, '.moltbot-restore/journal.json'), JSON.stringify(journal))
  mkdirSync(join(state, kept))
  for (const name of journal.moved) renameSync(join(state, name), join(state, kept, name))
  writeFileSync(join(state, 'moltbot.json'), 'written by a gateway of systemd')
  expect(await recoverInterrupted(state)).toEqual({ kind: 'undone' })
  expect(treeOf(state, isOurs)).toEqual(before)
  expect(readFileSync(join(state, `${kept}-meanwhile/moltbot.json`), 'utf8')).toBe(
    'written by a gateway of systemd',
  )
})

it('brings back only what a restore has put aside', async () => {
  const state = sampleState()
  writeFiles(state, { '.moltbot-before-20261125-010203/x': 'no note', 'agents/x': 'x' })
  for (const path of ['agents', '.moltbot-before-20261125-010203', '.moltbot-before-20261125-010204']) {
    expect(await swapBack(state, join(state, path))).toMatchObject({ ok: false, code: 'RESTORE_FAILED' })
  }
  expect(await swapBack(state, temporaryFolder())).toMatchObject({ ok: false })
  expect(existsSync(join(state, 'agents/x'))).toBe(true)
})

it('lists kept states, newest first, and nothing that only looks like one', async () => {
  const state = sampleState()
  writeFiles(state, {
    '.moltbot-before-20200101-000000/x': 'old',
    '.moltbot-before-20260101-000000/x': 'newer',
    '.moltbot-before-me/x': 'not ours',
  })
  expect(await keptStates(state)).toEqual([
    { path: join(state, '.moltbot-before-20260101-000000'), at: new Date(2026, 0, 1).getTime() },
    { path: join(state, '.moltbot-before-20200101-000000'), at: new Date(2020, 0, 1).getTime() },
  ])
})
