import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { Lock, Opening } from '../../../../../host/backup/archive/archive-contract.ts'
import { createBackup } from '../../../../../host/backup/archive/create-backup.ts'
import { extractBackup } from '../../../../../host/backup/archive/extract-backup.ts'
import { outcomeOf } from '../../../../../host/backup/archive/outcome-of.ts'
import { newIdentity, recipientOf } from '../../../../../host/backup/keys/age-keys.ts'
import { sampleState, sha256, silentHooks, temporaryFolder, treeOf } from '../state-folder.ts'

const trials = Number(process.env.MOLTBOT_TEST_TRIALS ?? 60)
let identity = ''
beforeAll(async () => {
  identity = await newIdentity()
})

async function backupOf(state: string, lock?: Lock): Promise<Buffer> {
  const folder = temporaryFolder()
  const request = {
    stateDir: state,
    configPath: join(state, 'moltbot.json'),
    workDir: join(folder, 'work'),
    folder,
    name: 'backup',
    lock: lock ?? { recipients: [await recipientOf(identity)] },
    secrets: { A_KEY: 'a secret value' },
    madeBy: '0.1.0',
    machine: 'mill',
    createdAt: 1_700_000_000_000,
  }
  const { path, digest } = await createBackup(request, '00000000', silentHooks())
  const bytes = readFileSync(path)
  expect(digest).toBe(sha256(bytes))
  return bytes
}

/** Unpacks changed bytes into a state, time and again; each must be found out with the state untouched. */
async function everyOneFound(
  changed: Iterable<[string, Buffer]>,
  opening: Opening = { identity },
): Promise<void> {
  const state = sampleState()
  const stagingDir = join(state, '.moltbot-restore/new')
  mkdirSync(stagingDir, { recursive: true })
  const path = join(temporaryFolder(), 'backup')
  const before = treeOf(state)
  for (const [what, bytes] of changed) {
    writeFileSync(path, bytes)
    const outcome = await outcomeOf(() => extractBackup({ path, opening, stagingDir }, silentHooks()))
    expect(outcome.ok, what).toBe(false)
    expect(outcome, what).not.toMatchObject({ code: 'INTERNAL' })
    expect(treeOf(state), what).toEqual(before)
  }
}

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8((copy[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3)
  return copy
}

it(`finds ${trials} flipped bits anywhere, and writes nothing`, async () => {
  const bytes = await backupOf(sampleState())
  const bits = Array.from({ length: trials }, () => randomInt(bytes.length * 8))
  await everyOneFound(bits.map((bit) => [`bit ${bit} of ${bytes.length * 8}`, flipped(bytes, bit)]))
})

it('finds a change of every byte of the head', async () => {
  const bytes = await backupOf(sampleState())
  const length = bytes.indexOf('\n', bytes.indexOf('\n--- ') + 1) + 17
  expect(length).toBeGreaterThan(150)
  await everyOneFound(Array.from({ length }, (_, at) => [`byte ${at}`, flipped(bytes, at * 8 + (at % 7))]))
}, 20_000)

it('finds a cut at each fiftieth, and bytes that were added', async () => {
  const bytes = await backupOf(sampleState())
  const cuts = Array.from({ length: 50 }, (_, part) => Math.floor((bytes.length * part) / 50))
  await everyOneFound([
    ...cuts.map((at): [string, Buffer] => [`cut at ${at}`, bytes.subarray(0, at)]),
    ['one byte less', bytes.subarray(0, -1)],
    ['one byte more', Buffer.concat([bytes, Buffer.alloc(1)])],
    ['itself once more', Buffer.concat([bytes, bytes])],
  ])
})

it('finds pieces that have changed places', async () => {
  const state = sampleState()
  writeFileSync(join(state, 'noise'), Buffer.from(Array.from({ length: 200_000 }, () => randomInt(256))))
  const bytes = await backupOf(state)
  const body = bytes.indexOf('\n', bytes.indexOf('\n--- ') + 1) + 17
  const piece = 64 * 1024 + 16
  const [first, second, rest] = [0, 1, 2].map((n) => bytes.subarray(body + n * piece, body + (n + 1) * piece))
  if (!first || !second || !rest) throw new Error('There are three pieces')
  const head = bytes.subarray(0, body)
  const after = bytes.subarray(body + 2 * piece)
  await everyOneFound([
    ['swapped', Buffer.concat([head, second, first, after])],
    ['left out', Buffer.concat([head, second, after])],
    ['doubled', Buffer.concat([head, first, first, second, after])],
    ['without the last', bytes.subarray(0, body + 2 * piece)],
  ])
})

it('opens with its passphrase and with no other', async () => {
  const state = sampleState()
  const bytes = await backupOf(state, { passphrase: 'five words of mine here' })
  const path = join(temporaryFolder(), 'backup')
  writeFileSync(path, bytes)
  const stagingDir = temporaryFolder()
  const hooks = silentHooks()
  const wrong = await outcomeOf(() =>
    extractBackup({ path, opening: { passphrase: 'x' }, stagingDir }, hooks),
  )
  expect(wrong).toMatchObject({ ok: false, code: 'BACKUP_WRONG_PASSPHRASE' })
  const none = await outcomeOf(() => extractBackup({ path, opening: { identity }, stagingDir }, hooks))
  expect(none).toMatchObject({ ok: false, code: 'BACKUP_KEY_ELSEWHERE' })
  const opening = { passphrase: 'five words of mine here' }
  await extractBackup({ path, opening, stagingDir }, hooks)
  expect(treeOf(join(stagingDir, 'state'))).toEqual(treeOf(state))
}, 30_000)
