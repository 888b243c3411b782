import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { copyRuntime } from '../../../../host/runtime/copy-runtime.ts'
import { packagedRuntime } from '../../../fixtures/packaged-runtime.ts'
import { filesIn } from '../../../fixtures/tree-digest.ts'
import { describeWith } from '../../../setup/requirements.ts'

const program = join(import.meta.dirname, 'copying-program.ts')

/** The system calls of a copy in their order; with which version `current` leads to when it ends there. */
const steps: readonly (readonly [call: string, nth: number, what: string, current: 'old' | 'new'])[] = [
  ['mkdir', 4, 'a folder in it', 'old'],
  ['fsync', 3, 'a file', 'old'],
  ['fsync', 5, 'the list of files', 'old'],
  ['rename', 1, 'the whole copy', 'old'],
  ['symlink', 1, 'the link to it', 'old'],
  ['rename', 2, 'the link to it', 'old'],
  ['unlink', 1, 'a file of the old copy', 'new'],
]

describeWith(['strace'], 'the runtime of an AppImage, when its copying is killed', () => {
  const base = mkdtempSync(join(tmpdir(), 'moltbot-runtime-'))
  afterAll(() => rmSync(base, { recursive: true, force: true }))
  const source = (version: string) => join(base, version)
  for (const version of ['old', 'new']) packagedRuntime(source(version), version)
  const folder = join(base, 'runtime')
  const order = (version: string) => JSON.stringify({ source: source(version), folder })
  const copy = (version: string) =>
    copyRuntime({ source: source(version), folder, programsInUse: async () => [] })
  const current = () => {
    const version = readlinkSync(join(folder, 'current'))
    expect(filesIn(join(folder, 'current'))).toEqual(filesIn(source(version)))
    for (const path of ['node', 'moltbot']) {
      expect(statSync(join(folder, 'current', path)).mode & 0o777).toBe(0o700)
    }
    return version
  }

  it.each(steps)(
    'at %s %i, %s, has the %s one, whole, and can be copied again',
    async (call, nth, _what, expected) => {
      rmSync(folder, { recursive: true, force: true })
      await copy('old')
      const inject = `inject=${call}:signal=SIGKILL:when=${nth}`
      const traced = ['-f', '-qq', '-e', `trace=${call}`, '-e', inject]
      const killed = spawnSync('strace', [...traced, process.execPath, program, order('new')], {
        encoding: 'utf8',
        env: { ...process.env, UV_THREADPOOL_SIZE: '1' }, // calls are counted by thread
      })
      expect([killed.signal, killed.stdout], killed.stderr).toEqual(['SIGKILL', ''])
      expect(current(), killed.stderr).toBe(expected)
      await copy('new')
      expect(current()).toBe('new')
      expect(readdirSync(folder).sort()).toEqual(['current', 'new'])
    },
  )
})
