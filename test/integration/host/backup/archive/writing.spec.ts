import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createArchive } from '../../../../../host/backup/archive/archive-work.ts'
import { extractBackup } from '../../../../../host/backup/archive/extract-backup.ts'
import { newIdentity, recipientOf } from '../../../../../host/backup/keys/age-keys.ts'
import {
  sampleState,
  silentHooks,
  temporaryFolder,
  writeFiles,
} from '../../../../unit/host/backup/state-folder.ts'

const backups = Math.ceil(Number(process.env.MOLTBOT_TEST_TRIALS ?? 8) / 4)

it(`gives back a state of one moment, ${backups} times while 200 operations a second go on`, async () => {
  const state = sampleState()
  writeFiles(state, {
    'cron/one.json': '{"count":0}',
    'cron/two.json': '{"count":0}',
    'agents/main/sessions/s1.jsonl': '',
  })
  const identity = await newIdentity()
  const folder = temporaryFolder()
  for (let turn = 0; turn < backups; turn++) {
    let writer = await startWriter(state)
    const pause = async () => {
      await writer.stop()
      return true
    }
    let isResumed = false
    const resume = () => {
      isResumed = true
    }
    const made = await createArchive(
      {
        stateDir: state,
        configPath: join(state, 'moltbot.json'),
        workDir: join(folder, 'work'),
        folder,
        name: `moltbot-20261125-01020${turn}.tar.gz.age`,
        lock: { recipients: [await recipientOf(identity)] },
        secrets: {},
        madeBy: '0.1.0',
        machine: 'mill',
        createdAt: Date.now(),
      },
      { ...silentHooks(), pause, resume },
    )
    if (!made.ok) throw new Error(made.code)
    expect(made.consistency).toBe('paused')
    expect(isResumed).toBe(true)
    writer = await startWriter(state) // as it goes on in life, and at the next turn
    await writer.stop()

    const stagingDir = temporaryFolder()
    const { path } = made
    await extractBackup({ path, opening: { identity }, stagingDir }, silentHooks())
    const restored = (name: string) => readFileSync(join(stagingDir, 'state', name), 'utf8')
    const lines = restored('agents/main/sessions/s1.jsonl')
    expect(lines.endsWith('\n')).toBe(true)
    const counts = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).count)
    const last = counts.at(-1)
    expect(last).toBeGreaterThan(20)
    expect(JSON.parse(restored('cron/one.json'))).toEqual({ count: last })
    expect(JSON.parse(restored('cron/two.json'))).toEqual({ count: last })
  }
}, 60_000)

async function startWriter(state: string) {
  const program = join(import.meta.dirname, 'writing-program.ts')
  const child = spawn(process.execPath, [program, state], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return {
    async stop(): Promise<void> {
      if (child.exitCode === null) child.stdin.write('stop\n')
      await exit
    },
  }
}
