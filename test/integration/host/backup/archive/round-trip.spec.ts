import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import {
  compareArchive,
  createArchive,
  extractArchive,
  type Lock,
  readArchive,
} from '../../../../../host/backup/archive/archive-work.ts'
import { compareWithState } from '../../../../../host/backup/archive/compare-with-state.ts'
import { createBackup } from '../../../../../host/backup/archive/create-backup.ts'
import { extractBackup } from '../../../../../host/backup/archive/extract-backup.ts'
import { outcomeOf } from '../../../../../host/backup/archive/outcome-of.ts'
import { readBackup } from '../../../../../host/backup/archive/read-backup.ts'
import { newIdentity, recipientOf } from '../../../../../host/backup/keys/age-keys.ts'
import { sheetText } from '../../../../../host/backup/keys/recovery-sheet.ts'
import type { JobStep } from '../../../../../shared/jobs.ts'
import { describeWith } from '../../../../setup/requirements.ts'
import {
  sampleState,
  silentHooks,
  temporaryFolder,
  treeOf,
  writeFiles,
} from '../../../../unit/host/backup/state-folder.ts'
import { listed, manifestOf } from '../../../../unit/host/backup/tar-bytes.ts'

let identity = ''
let recipient = ''
beforeAll(async () => {
  identity = await newIdentity()
  recipient = await recipientOf(identity)
})

function requestFor(state: string, lock: Lock = { recipients: [recipient] }) {
  return {
    stateDir: state,
    configPath: join(state, 'moltbot.json'),
    workDir: join(temporaryFolder(), 'work'),
    folder: temporaryFolder(),
    name: 'moltbot-20261125-010203.tar.gz.age',
    lock,
    secrets: { ANTHROPIC_API_KEY: 'sk-ant-secret-value' },
    madeBy: '0.1.0',
    machine: 'mill',
    createdAt: 1_700_000_000_000,
  }
}

// Most of what follows is the thread's own work, called without a thread: starting one from sources takes long.
const hooks = silentHooks()
const create = (request: Parameters<typeof createBackup>[0]) =>
  outcomeOf(() => createBackup(request, '00000000', hooks))
const read = (request: Parameters<typeof readBackup>[0]) => outcomeOf(() => readBackup(request, hooks))
const compare = (request: Parameters<typeof compareWithState>[0]) =>
  outcomeOf(() => compareWithState(request, hooks))
const extract = (request: Parameters<typeof extractBackup>[0]) =>
  outcomeOf(() => extractBackup(request, hooks))
const created = (request: ReturnType<typeof requestFor>) => createBackup(request, '00000000', hooks)

function shell(script: string, ...args: string[]): string {
  return execFileSync('sh', ['-euc', script, 'sh', ...args], { encoding: 'utf8' })
}

it('gives back the same tree, with its times and rights, and the secrets apart', async () => {
  const state = sampleState()
  writeFileSync(join(state, 'cron/run.sh'), '#!/bin/sh\n')
  chmodSync(join(state, 'cron/run.sh'), 0o755)
  utimesSync(join(state, 'cron/run.sh'), 1_500_000_000.123, 1_500_000_000.123)
  // Set by a clock that was wrong.
  writeFiles(state, { 'cron/early': '', 'cron/late': '' })
  utimesSync(join(state, 'cron/early'), -1000, -1000)
  utimesSync(join(state, 'cron/late'), 4_000_000_000, 4_000_000_000)
  const request = requestFor(state)
  const made = await createArchive(request, silentHooks())
  if (!made.ok) throw new Error(made.code)
  expect(made).toMatchObject({ consistency: 'quiet', files: 12, skipped: [] })
  expect(statSync(made.path)).toMatchObject({ mode: 0o100600, size: made.fileBytes })
  expect(readdirSync(request.folder)).toEqual([request.name])
  expect(readdirSync(request.workDir)).toEqual([])
  expect(readFileSync(made.path).includes('sk-ant-secret-value')).toBe(false)

  const { path } = made
  const found = await readArchive({ path, opening: { identity } }, silentHooks())
  expect(found).toEqual({
    ok: true,
    digest: made.digest,
    about: {
      format: 'moltbot',
      createdAt: request.createdAt,
      madeBy: '0.1.0',
      machine: 'mill',
      files: 12,
      bytes: made.bytes,
      consistency: 'quiet',
      secrets: ['ANTHROPIC_API_KEY'],
    },
  })
  const stagingDir = temporaryFolder()
  const sheet = sheetText({ identity, recipient, machine: 'mill', createdAt: 0 })
  const extracted = await extractArchive({ path, opening: { identity: sheet }, stagingDir }, silentHooks())
  expect(extracted).toMatchObject({ ok: true, secrets: request.secrets, externalConfig: false })
  chmodSync(join(state, 'cron/run.sh'), 0o700)
  expect(treeOf(join(stagingDir, 'state'))).toEqual(treeOf(state))
  expect(statSync(join(stagingDir, 'state/cron/run.sh')).mtimeMs).toBeCloseTo(1_500_000_000_123, -1)
  expect(statSync(join(stagingDir, 'state/cron/late')).mtimeMs).toBe(4_000_000_000_000)
})

it('never takes the place of a file that is there, and says where the folder is not', async () => {
  const request = requestFor(sampleState())
  writeFileSync(join(request.folder, request.name), 'mine')
  expect(await create(request)).toMatchObject({
    ok: false,
    code: 'BACKUP_WRITE_FAILED',
  })
  expect(readFileSync(join(request.folder, request.name), 'utf8')).toBe('mine')
  expect(readdirSync(request.folder)).toEqual([request.name])
  rmSync(request.folder, { recursive: true })
  expect(await create(request)).toMatchObject({
    ok: false,
    code: 'BACKUP_FOLDER_MISSING',
  })
  const file = { ...request, folder: join(request.stateDir, 'moltbot.json') }
  expect(await create(file)).toMatchObject({
    ok: false,
    code: 'BACKUP_FOLDER_UNUSABLE',
  })
  const none = { ...request, stateDir: join(request.stateDir, 'none') }
  expect(await create(none)).toMatchObject({ ok: false, code: 'BACKUP_NOTHING_THERE' })
})

it('leaves nothing behind when it is cancelled in any of its steps', async () => {
  const state = sampleState()
  const before = treeOf(state)
  for (const step of ['listing', 'copying', 'packing'] satisfies JobStep[]) {
    const request = requestFor(state)
    const abort = new AbortController()
    const hooks = {
      ...silentHooks(),
      signal: abort.signal,
      progress: (at: { step: JobStep }) => at.step === step && abort.abort(),
    }
    expect(await createArchive(request, hooks)).toMatchObject({ ok: false, code: 'JOB_CANCELLED' })
    expect(readdirSync(request.folder)).toEqual([])
    if (existsSync(request.workDir)) expect(readdirSync(request.workDir)).toEqual([])
  }
  const { path } = await created(requestFor(state))
  const abort = new AbortController()
  const stagingDir = temporaryFolder()
  const progress = (at: { step: JobStep }) => at.step === 'extracting' && abort.abort()
  const hooks = { ...silentHooks(), signal: abort.signal, progress }
  const extracted = await extractArchive({ path, opening: { identity }, stagingDir }, hooks)
  expect(extracted).toMatchObject({ ok: false, code: 'JOB_CANCELLED' })
  expect(readdirSync(stagingDir)).toEqual([])
  expect(treeOf(state)).toEqual(before)
})

it('keeps its own folders out of a state that they lie in', async () => {
  const state = sampleState()
  const link = join(temporaryFolder(), 'link')
  symlinkSync(state, link)
  mkdirSync(join(state, 'backups'))
  const request = { ...requestFor(state), folder: join(state, 'backups'), workDir: join(link, 'work') }
  expect(await create(request)).toMatchObject({ ok: true, files: 9, consistency: 'quiet' })
  const again = { ...request, name: 'moltbot-20261125-010204.tar.gz.age' }
  expect(await create(again)).toMatchObject({ ok: true, files: 9, consistency: 'quiet' })
})

it('says what a restore would change', async () => {
  const state = sampleState()
  const { path } = await created(requestFor(state))
  writeFiles(state, { 'moltbot.json': '{ gateway: { port: 18790 } }\n', 'cron/new.json': 'x' })
  rmSync(join(state, 'identity'), { recursive: true })
  const request = { path, opening: { identity }, stateDir: state, configPath: join(state, 'moltbot.json') }
  const compared = await compareArchive(request, silentHooks())
  expect(compared).toMatchObject({
    ok: true,
    difference: { added: 1, changed: 1, same: 7, removed: 1, mayNeedRelink: false },
  })
  expect(compared.ok && compared.difference.examples).toEqual([
    { change: 'added', path: 'identity/device.json' },
    { change: 'changed', path: 'moltbot.json' },
    { change: 'removed', path: 'cron/new.json' },
  ])
  writeFiles(state, { 'credentials/whatsapp/default/creds.json': '{"noiseKey":"newer"}' })
  expect(await compare(request)).toMatchObject({ difference: { mayNeedRelink: true } })
  const nowhere = { ...request, stateDir: join(state, 'none'), configPath: join(state, 'none/moltbot.json') }
  expect(await compare(nowhere)).toMatchObject({ difference: { added: 9, removed: 0 } })
})

it('unpacks only the very file that was looked at before', async () => {
  const { path, digest } = await created(requestFor(sampleState()))
  const stagingDir = temporaryFolder()
  const order = { path, opening: { identity }, stagingDir }
  const other = await extract({ ...order, expectDigest: '0'.repeat(64) })
  expect(other).toMatchObject({ ok: false, code: 'BACKUP_DAMAGED' })
  expect(readdirSync(stagingDir)).toEqual([])
  expect(await extract({ ...order, expectDigest: digest })).toMatchObject({ ok: true })
  const again = await extract(order)
  expect(again).toMatchObject({ ok: false, code: 'BACKUP_WRITE_FAILED' })
})

describeWith(['age'], 'beside age and tar themselves', () => {
  it('opens with `age -d | tar xz` and a recovery sheet', async () => {
    const state = sampleState()
    const { path } = await created(requestFor(state))
    const folder = temporaryFolder()
    writeFileSync(
      join(folder, 'sheet.txt'),
      sheetText({ identity, recipient, machine: 'mill', createdAt: 0 }),
    )
    const names = shell(
      'cd "$1"; age -d -i sheet.txt "$2" | tar xz; tar --version >/dev/null; ls',
      folder,
      path,
    )
    expect(names.split('\n')).toEqual(['manifest.json', 'secrets.json', 'sheet.txt', 'state', ''])
    expect(treeOf(join(folder, 'state'))).toEqual(treeOf(state))
    expect(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'))).toEqual({
      ANTHROPIC_API_KEY: 'sk-ant-secret-value',
    })
  })

  it('takes what tar and age have packed, where the table of contents is right, and only then', async () => {
    const folder = temporaryFolder()
    const entries = [
      { name: 'state/', content: '' },
      { name: 'state/moltbot.json', content: '{}' },
      { name: `state/${'ä'.repeat(80)}`, content: 'long' },
      { name: `state/${'l'.repeat(150)}`, content: 'longer' },
    ]
    for (const { name, content } of entries) if (!name.endsWith('/')) writeFiles(folder, { [name]: content })
    writeFiles(folder, { 'manifest.json': String(manifestOf(entries.map(listed)).content) })
    for (const format of ['gnu', 'pax']) {
      const pack =
        'cd "$1"; tar --format="$2" --owner=0 --group=0 -cz manifest.json state | age -r "$3" >backup'
      shell(pack, folder, format, recipient)
      const order = { path: join(folder, 'backup'), opening: { identity } }
      expect(await read(order), format).toMatchObject({ ok: true })
    }
    writeFiles(folder, { 'state/moltbot.json': '[]' })
    shell('cd "$1"; tar --owner=0 --group=0 -cz manifest.json state | age -r "$2" >backup', folder, recipient)
    const order = { path: join(folder, 'backup'), opening: { identity } }
    expect(await read(order)).toMatchObject({ ok: false, code: 'BACKUP_DAMAGED' })
  })

  it('reads for several recipients, as age does', async () => {
    const other = await newIdentity()
    const state = sampleState()
    const recipients = [recipient, await recipientOf(other)]
    const { path } = await created(requestFor(state, { recipients }))
    const key = join(temporaryFolder(), 'key')
    writeFileSync(key, other)
    expect(shell('age -d -i "$2" "$1" | tar tz | head -1', path, key)).toBe('manifest.json\n')
    expect(await read({ path, opening: { identity: other } })).toMatchObject({
      ok: true,
    })
  })
})

it('takes the archives of the manual’s own script, wherever the state lay', async () => {
  const home = temporaryFolder()
  const state = sampleState(join(home, '.clawdbot'))
  writeFiles(state, { [`agents/main/sessions/${'t'.repeat(120)}.jsonl`]: '{}\n', 'agents/x.lock': '' })
  chmodSync(join(state, 'moltbot.json'), 0o644)
  const wanted = treeOf(
    state,
    (name) => !/^(?:moltbot\.json|credentials|agents)/.test(name) || /lock$/.test(name),
  )
  const script =
    'tar -czf "$1" "$HOME/.clawdbot/moltbot.json" "$HOME/.clawdbot/credentials/" "$HOME/.clawdbot/agents/" 2>/dev/null'
  const inFolder = 'tar -C "$HOME/.clawdbot" -czf "$1" ./moltbot.json ./credentials ./agents'
  const ofFolder =
    'tar -C "$HOME" --format=pax --exclude=.env --exclude=media --exclude=cron --exclude=identity --exclude=devices -czf "$1" .clawdbot'
  for (const pack of [script, inFolder, ofFolder]) {
    const path = join(temporaryFolder(), 'moltbot.tar.gz')
    execFileSync('sh', ['-euc', pack, 'sh', path], { env: { ...process.env, HOME: home } })
    const stagingDir = temporaryFolder()
    const extracted = await extract({ path, opening: {}, stagingDir })
    expect(extracted, pack).toMatchObject({ ok: true, format: 'plainTar', files: 6, secrets: {} })
    const found = treeOf(join(stagingDir, 'state'))
    expect(found, pack).toEqual(wanted.map((line) => line.replace('moltbot.json 644', 'moltbot.json 600')))
  }
  const request = { opening: {}, stateDir: state, configPath: join(state, 'moltbot.json') }
  const path = join(temporaryFolder(), 'x.tar.gz')
  shell('cd "$1"; tar -czf "$2" moltbot.json agents', state, path)
  writeFiles(state, { 'agents/later.json': 'x', 'cron/later.json': 'x' })
  const compared = await compare({ ...request, path })
  expect(compared).toMatchObject({ difference: { added: 0, changed: 0, removed: 1 } })
  symlinkSync('/etc/passwd', join(state, 'agents/link'))
  mkdirSync(join(home, 'empty'))
  shell('cd "$1"; tar -czf "$2" moltbot.json agents', state, path)
  expect(await read({ path, opening: {} })).toMatchObject({ code: 'BACKUP_REFUSED' })
})
