import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyRuntime } from '../../../../host/runtime/copy-runtime.ts'
import { linuxPrograms } from '../../../../host/runtime/linux-programs.ts'
import { packagedRuntime } from '../../../fixtures/packaged-runtime.ts'
import { filesIn } from '../../../fixtures/tree-digest.ts'

describe('the copy of an AppImage’s runtime', () => {
  let base: string
  let folder: string
  const source = (version: string) => join(base, `mount-${version}`)
  const copy = (version: string) =>
    copyRuntime({
      source: source(version),
      folder,
      programsInUse: process.platform === 'linux' ? linuxPrograms : async () => [],
    })

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot runtime ')))
    // Homes lie behind links in places; the kernel names programs by their real path.
    mkdirSync(join(base, 'host'))
    symlinkSync('host', join(base, 'link'))
    folder = join(base, 'link', 'runtime')
    for (const version of ['0.1.0', '0.2.0']) packagedRuntime(source(version), version)
  })
  afterEach(() => rmSync(base, { recursive: true, force: true }))

  it('has the same bytes, for this user alone, and runs', async () => {
    expect(await copy('0.1.0')).toBe(join(folder, '0.1.0'))
    expect(filesIn(join(folder, '0.1.0'))).toEqual(filesIn(source('0.1.0')))
    const modes = ['.', 'node', 'app/moltbot.mjs'].map(
      (path) => statSync(join(folder, '0.1.0', path)).mode & 0o777,
    )
    expect(modes).toEqual([0o700, 0o700, 0o600])
    expect(readlinkSync(join(folder, 'current'))).toBe('0.1.0')
  })

  it('is made once a version', async () => {
    await copy('0.1.0')
    const before = statSync(join(folder, '0.1.0', 'node'))
    await copy('0.1.0')
    expect(statSync(join(folder, '0.1.0', 'node')).ino).toBe(before.ino)
    await copy('0.2.0')
    expect(readdirSync(folder).sort()).toEqual(['0.2.0', 'current'])
  })

  it('is made anew beside one that was damaged, or was another build of that version', async () => {
    await copy('0.1.0')
    appendFileSync(join(folder, '0.1.0', 'app/moltbot.mjs'), 'more')
    expect(await copy('0.1.0')).toBe(join(folder, '0.1.0_2'))
    expect(filesIn(join(folder, 'current'))).toEqual(filesIn(source('0.1.0')))
    writeFileSync(join(source('0.1.0'), 'app/moltbot.mjs'), 'another build')
    await expect(copy('0.1.0')).resolves.toBe(join(folder, '0.1.0_2')) // by its list, not by what lies in the mount
  })

  it('keeps an old version for as long as a program runs from it', async () => {
    await copy('0.1.0')
    const old = spawn(join(folder, '0.1.0', 'node'), ['60'], { stdio: 'ignore' })
    try {
      await once(old, 'spawn')
      await copy('0.2.0')
      expect(readdirSync(folder).sort()).toEqual(['0.1.0', '0.2.0', 'current'])
      expect(filesIn(join(folder, '0.1.0'))).toEqual(filesIn(source('0.1.0')))
    } finally {
      old.kill('SIGKILL')
      await once(old, 'exit')
    }
    await copy('0.2.0')
    expect(readdirSync(folder).sort()).toEqual(['0.2.0', 'current'])
  })

  it('refuses what is not as its list says, and leaves the last copy', async () => {
    await copy('0.1.0')
    const path = join(source('0.2.0'), 'app/moltbot.mjs')
    writeFileSync(path, readFileSync(path, 'utf8').replace('console', 'consolE'))
    await expect(copy('0.2.0')).rejects.toThrow('app/moltbot.mjs is damaged')
    expect(readdirSync(folder).sort()).toEqual(['0.1.0', 'current'])
    expect(readlinkSync(join(folder, 'current'))).toBe('0.1.0')
  })

  it.each(['../outside', '/etc/outside', 'app/../../outside', 'app//outside', './outside'])(
    'never writes to %s',
    async (path) => {
      const inSource = join(source('0.2.0'), path)
      mkdirSync(dirname(inSource), { recursive: true })
      writeFileSync(inSource, '')
      const sha256 = createHash('sha256').digest('hex')
      const file = { path, bytes: 0, sha256, isExecutable: false }
      writeFileSync(
        join(source('0.2.0'), 'runtime.json'),
        JSON.stringify({ version: '0.2.0', files: [file] }),
      )
      await expect(copy('0.2.0')).rejects.toThrow()
      expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
    },
  )
})
