import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openProcessTable } from '../../../../host/processes/open-process-table.ts'
import { type BoundedEnd, runBounded } from '../../../../host/updates/run-bounded.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { processesWith } from '../../../fixtures/kernel.ts'
import { describeWith } from '../../../setup/requirements.ts'

const mebibyte = 1024 * 1024
/** Nothing of it is to be found once the run has ended. */
let mark = ''

function run(script: string, change: Partial<Parameters<typeof runBounded>[0]> = {}): Promise<BoundedEnd> {
  mark = randomUUID()
  return runBounded({
    file: '/bin/sh',
    args: ['-c', script],
    cwd: '/',
    env: { PATH: process.env.PATH, TRIAL: mark },
    limitMs: 20_000,
    maxOutputBytes: 1_000,
    maxMemoryBytes: 1024 * mebibyte,
    signal: new AbortController().signal,
    table: openProcessTable(),
    ...change,
  })
}

describeWith(['procfs'], 'a program that is not trusted to end', () => {
  it('is heard when it does', async () => {
    expect(await run('echo out; echo err >&2; exit 3')).toEqual({
      kind: 'ended',
      code: 3,
      stdout: 'out\n',
      lastLines: ['err'],
    })
    expect(await run('', { file: '/no/such/program' })).toMatchObject({ kind: 'notStarted' })
  })

  it.each<[string, string, Partial<Parameters<typeof runBounded>[0]>, string]>([
    ['it takes too long', 'trap "" TERM; sleep 60 & sleep 60', { limitMs: 300 }, 'time'],
    ['it says too much', 'yes', {}, 'output'],
    ['nobody wants it any more', 'sleep 60 & sleep 60', { signal: AbortSignal.timeout(300) }, 'aborted'],
    [
      'it takes too much memory',
      `exec "${process.execPath}" -e "globalThis.kept = Buffer.alloc(400e6, 1); setInterval(() => {}, 1e3)"`,
      { maxMemoryBytes: 300 * mebibyte },
      'memory',
    ],
  ])('is gone with all it started when %s', async (_, script, change, why) => {
    expect(await run(script, change)).toEqual({ kind: 'killed', why })
    expect(processesWith(mark)).toEqual([])
  })

  it('takes what it left behind with it', async () => {
    for (const left of ['sleep 60', 'setsid sleep 60', 'setsid sh -c "trap : TERM; sleep 60; sleep 60"']) {
      expect(await run(`${left} & echo done`)).toMatchObject({ kind: 'ended', stdout: 'done\n' })
      expect(processesWith(mark), left).toEqual([])
    }
  })

  it('does not outlive the one who ran it', async () => {
    mark = randomUUID()
    const program = join(import.meta.dirname, 'bounded-program.ts')
    const script = `TRIAL=${mark}; sleep 60 & exec sleep 61`
    const runner = spawn(process.execPath, [program, '/bin/sh', '-c', script], {
      env: { ...process.env, TRIAL: mark },
      stdio: 'ignore',
    })
    await until(() => processesWith(mark).length >= 3, 'the program')
    runner.kill('SIGKILL')
    await until(() => processesWith(mark).length === 0, 'its end', 3_000).finally(() => {
      for (const pid of processesWith(mark)) process.kill(pid, 'SIGKILL')
    })
  })
})
