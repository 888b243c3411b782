import { readdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createBackup } from '../../../../../host/backup/archive/create-backup.ts'
import { extractBackup } from '../../../../../host/backup/archive/extract-backup.ts'
import { newIdentity, recipientOf } from '../../../../../host/backup/keys/age-keys.ts'
import { backupNamePattern } from '../../../../../shared/backups.ts'
import {
  sampleState,
  silentHooks,
  temporaryFolder,
  treeOf,
} from '../../../../unit/host/backup/state-folder.ts'
import { randomFrom, runAndKill } from '../kill-at-random.ts'

const trials = Number(process.env.MOLTBOT_TEST_TRIALS ?? 8)
const seed = Number(process.env.MOLTBOT_TEST_SEED ?? Date.now() % 1e6)

it(`leaves whole backups or none, killed ${trials} times at random (MOLTBOT_TEST_SEED=${seed})`, async () => {
  const random = randomFrom(seed)
  const identity = await newIdentity()
  const state = sampleState()
  const before = treeOf(state)
  const folder = temporaryFolder()
  const order = {
    stateDir: state,
    configPath: join(state, 'moltbot.json'),
    workDir: join(folder, 'work'),
    folder,
    lock: { recipients: [await recipientOf(identity)] },
    secrets: {},
    madeBy: '0.1.0',
    machine: 'mill',
    createdAt: 0,
  }
  for (let trial = 0; trial < trials; trial++) {
    const afterMs = random() * 700
    await runAndKill(join(import.meta.dirname, 'creating-program.ts'), order, afterMs)
    for (const name of readdirSync(folder).filter((found) => backupNamePattern.test(found))) {
      const stagingDir = temporaryFolder()
      await extractBackup({ path: join(folder, name), opening: { identity }, stagingDir }, silentHooks())
      expect(treeOf(join(stagingDir, 'state')), `${name} after ${afterMs} ms`).toEqual(before)
      unlinkSync(join(folder, name))
    }
  }
  expect(treeOf(state)).toEqual(before)
  const name = 'moltbot-20261125-999999.tar.gz.age'
  await createBackup({ ...order, name }, '00000000', silentHooks())
  expect(readdirSync(folder).filter((found) => !backupNamePattern.test(found))).toEqual(['work'])
  expect(readdirSync(order.workDir)).toEqual([])
}, 120_000)
