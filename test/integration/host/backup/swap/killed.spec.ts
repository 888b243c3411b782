import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createBackup } from '../../../../../host/backup/archive/create-backup.ts'
import { extractBackup } from '../../../../../host/backup/archive/extract-backup.ts'
import { newIdentity, recipientOf } from '../../../../../host/backup/keys/age-keys.ts'
import { keptStates, recoverInterrupted, swapBack } from '../../../../../host/backup/swap/swap.ts'
import {
  sampleState,
  silentHooks,
  temporaryFolder,
  treeOf,
  writeFiles,
} from '../../../../unit/host/backup/state-folder.ts'
import { randomFrom, runAndKill } from '../kill-at-random.ts'

const trials = Number(process.env.MOLTBOT_TEST_TRIALS ?? 8)
const seed = Number(process.env.MOLTBOT_TEST_SEED ?? Date.now() % 1e6)
const isOurs = (name: string) => name.startsWith('.moltbot-')

it(`has the old state or the new one, killed ${trials} times at random (MOLTBOT_TEST_SEED=${seed})`, async () => {
  const random = randomFrom(seed)
  const identity = await newIdentity()
  const configPath = join(temporaryFolder(), 'my.json')
  const stateDir = sampleState()
  rmSync(join(stateDir, 'moltbot.json'))
  writeFileSync(configPath, 'the new configuration')
  const folder = temporaryFolder()
  const name = 'backup'
  const lock = { recipients: [await recipientOf(identity)] }
  const about = { madeBy: '0.1.0', machine: 'mill', createdAt: 0, secrets: {} }
  const request = { stateDir, configPath, workDir: join(folder, 'work'), folder, name, lock, ...about }
  const { path } = await createBackup(request, '00000000', silentHooks())
  const unpacked = temporaryFolder()
  await extractBackup({ path, opening: { identity }, stagingDir: unpacked }, silentHooks())
  const look = () => JSON.stringify([readFileSync(configPath, 'utf8'), treeOf(stateDir, isOurs)])
  const fresh = look()

  writeFiles(stateDir, { 'cron/only-here.json': 'x', 'agents/main/sessions/sessions.json': 'changed since' })
  rmSync(join(stateDir, 'identity'), { recursive: true })
  writeFileSync(configPath, 'the former configuration')
  const former = look()
  expect(former).not.toBe(fresh)

  const ends: Record<string, number> = {}
  for (let trial = 0; trial < trials; trial++) {
    const afterMs = random() * 400
    const fromTheStart = trial % 4 === 3
    const order = { path, identity, unpacked, stateDir, configPath, rounds: null, fromTheStart }
    await runAndKill(join(import.meta.dirname, 'restoring-program.ts'), order, afterMs)
    const { kind } = await recoverInterrupted(stateDir)
    const found = look()
    const at = `trial ${trial}, ${afterMs} ms, ${kind}`
    expect([former, fresh], at).toContain(found)
    // Not half-way any more, so that the next launch finds nothing to do.
    expect(await recoverInterrupted(stateDir), at).toEqual({ kind: 'none' })
    const [kept] = await keptStates(stateDir)
    expect(kept === undefined, at).toBe(found === former)
    if (kept) expect(await swapBack(stateDir, kept.path), at).toEqual({ ok: true })
    expect(look(), at).toBe(former)
    const end = `${kind}, ${found === former ? 'old' : 'new'}`
    ends[end] = (ends[end] ?? 0) + 1
  }
  process.stderr.write(`restores killed at random: ${JSON.stringify(ends)}\n`)
}, 120_000)
