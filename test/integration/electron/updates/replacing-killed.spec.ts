import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { aProgram, sha512 } from '../../../fixtures/release-feed.ts'
import { describeWith } from '../../../setup/requirements.ts'

const program = join(import.meta.dirname, 'replacing-program.ts')

/** The system calls of a replacement in their order; with which version is in place when it ends there. */
const steps: readonly (readonly [
  call: string,
  nth: number,
  of: 'file' | 'folder',
  inPlace: 'old' | 'new',
])[] = [
  ['openat', 1, 'file', 'old'],
  ['write', 3, 'file', 'old'],
  ['fchmod', 1, 'file', 'old'],
  ['fsync', 1, 'file', 'old'],
  ['rename', 1, 'file', 'old'],
  ['fsync', 1, 'folder', 'new'],
]

describeWith(['strace'], 'an AppImage, when its replacement is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'moltbot-replace-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const target = join(folder, 'Moltbot.AppImage')
  const source = join(folder, 'new')
  const versions = { old: aProgram('old', 500_000), new: aProgram('new', 2_500_000) }
  writeFileSync(source, versions.new)
  const order = JSON.stringify({ source, target, bytes: versions.new.length, sha512: sha512(versions.new) })
  const before = () => {
    rmSync(target, { force: true })
    writeFileSync(target, versions.old)
    chmodSync(target, 0o755)
  }
  const inPlace = () => {
    expect(statSync(target).mode & 0o777).toBe(0o755)
    const { stdout } = spawnSync(target, { encoding: 'utf8' })
    const found = stdout.startsWith('old') ? 'old' : 'new'
    expect(readFileSync(target).equals(versions[found])).toBe(true)
    return found
  }

  it.each(steps)(
    'at %s %i of the %s, is the %s one, whole, and can be replaced again',
    (call, nth, of, expected) => {
      before()
      const path = of === 'folder' ? folder : join(folder, '.Moltbot.AppImage.moltbot-new')
      const inject = `inject=${call}:signal=SIGKILL:when=${nth}`
      const traced = ['-f', '-qq', '-P', path, '-e', `trace=${call}`, '-e', inject]
      const killed = spawnSync('strace', [...traced, process.execPath, program, order], {
        encoding: 'utf8',
        env: { ...process.env, UV_THREADPOOL_SIZE: '1' }, // calls are counted by thread
      })
      expect([killed.signal, killed.stdout], killed.stderr).toEqual(['SIGKILL', ''])
      expect(inPlace()).toBe(expected)
      before()
      const again = spawnSync(process.execPath, [program, order], { encoding: 'utf8' })
      expect(again.stdout, again.stderr).toBe('replaced\n')
      expect(inPlace()).toBe('new')
      expect(readdirSync(folder).sort()).toEqual(['Moltbot.AppImage', 'new'])
    },
  )
})
