import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createBackup } from '../../../../../host/backup/archive/create-backup.ts'
import { outcomeOf } from '../../../../../host/backup/archive/outcome-of.ts'
import { newIdentity, recipientOf } from '../../../../../host/backup/keys/age-keys.ts'
import type { JobStep } from '../../../../../shared/jobs.ts'
import { describeWithSmallDisk, inOwnMounts } from '../../../../fixtures/small-disk.ts'
import {
  sampleState,
  silentHooks,
  temporaryFolder,
  treeOf,
} from '../../../../unit/host/backup/state-folder.ts'

describeWithSmallDisk('on a small disk', () => {
  it('says that there is no room, or what went wrong, and leaves nothing of its own', () => {
    const state = sampleState()
    writeFileSync(join(state, 'noise'), randomBytes(3 * 2 ** 20))
    const before = treeOf(state)
    const program = join(import.meta.dirname, 'disk-program.ts')
    const args = [...inOwnMounts, process.execPath, program, state, join(temporaryFolder(), 'disk')]
    const said = execFileSync('unshare', args, { encoding: 'utf8' })
    expect(
      said
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { what: 'full before', end: 'BACKUP_NO_SPACE', left: ['filler'] },
      { what: 'folder fills up', end: 'BACKUP_WRITE_FAILED', left: ['filler'] },
      { what: 'work folder fills up', end: 'BACKUP_WRITE_FAILED', left: ['filler', 'work'] },
      { what: 'room enough', end: 'ok', left: ['backup'] },
      { what: 'unpacking fills up', end: 'BACKUP_WRITE_FAILED', left: ['backup', 'filler', 'staging'] },
      { what: 'no room to unpack', end: 'BACKUP_NO_SPACE', left: ['backup', 'filler', 'staging'] },
      { what: 'read-only', end: 'BACKUP_FOLDER_UNUSABLE', left: [] },
    ])
    expect(treeOf(state)).toEqual(before)
  })
})

it('says so where the folder is gone midway, as with a disk that was unplugged', async () => {
  const state = sampleState()
  const folder = temporaryFolder()
  const workDir = join(temporaryFolder(), 'work')
  const lock = { recipients: [await recipientOf(await newIdentity())] }
  const about = { secrets: {}, madeBy: '0.1.0', machine: 'mill', createdAt: 0, name: 'backup' }
  const request = {
    stateDir: state,
    configPath: join(state, 'moltbot.json'),
    folder,
    workDir,
    lock,
    ...about,
  }
  const progress = (at: { step: JobStep }) =>
    at.step === 'packing' && rmSync(folder, { recursive: true, force: true })
  const outcome = await outcomeOf(() => createBackup(request, '00000000', { ...silentHooks(), progress }))
  expect(outcome).toMatchObject({ ok: false, code: 'BACKUP_FOLDER_MISSING' })
  expect(readdirSync(workDir)).toEqual([])
})
