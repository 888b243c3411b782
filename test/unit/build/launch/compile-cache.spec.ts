import { spawnSync } from 'node:child_process'
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root as project } from '../../../../build/prepare/root.mjs'

/** The first script of the command line, over a program of one line. */
describe('bytecode of the command line', () => {
  let base: string
  const at = (path: string) => join(base, path)
  const run = (env: Record<string, string> = {}) => {
    const all = { PATH: '/usr/bin:/bin', HOME: at('home'), ...env }
    const { stdout, stderr } = spawnSync(process.execPath, [at('resources/app/moltbot.mjs')], {
      env: all,
      encoding: 'utf8',
    })
    expect(stdout, stderr).toBe('ran\n')
  }
  const beside = () => existsSync(at('resources/app/.compile-cache'))
  const inCaches = process.platform === 'darwin' ? 'home/Library/Caches' : 'home/.cache'

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-cache-')))
    for (const folder of ['resources/app', 'home', 'named']) mkdirSync(at(folder), { recursive: true })
    copyFileSync(join(project, 'build/launch/moltbot.mjs'), at('resources/app/moltbot.mjs'))
    writeFileSync(at('resources/app/main.mjs'), "console.log('ran')\n")
  })
  afterEach(() => rmSync(base, { recursive: true, force: true }))

  it('of a build lies beside it', () => {
    run()
    expect([beside(), existsSync(at(inCaches))]).toEqual([true, false])
  })

  describe('of a package', () => {
    beforeEach(() => writeFileSync(at('resources/node'), ''))

    it('lies among the user’s caches, and leaves the signed folder as it is', () => {
      run()
      expect([beside(), existsSync(at(`${inCaches}/moltbot-desktop/compiled`))]).toEqual([false, true])
    })

    it.skipIf(process.platform !== 'linux')('goes where the user keeps caches', () => {
      run({ XDG_CACHE_HOME: at('named') })
      expect([beside(), existsSync(at('named/moltbot-desktop/compiled'))]).toEqual([false, true])
    })

    it.skipIf(process.getuid?.() !== 0)('is not taken from a home of somebody else, as under sudo', () => {
      chownSync(at('home'), 65534, 65534)
      run({ XDG_CACHE_HOME: at('named') })
      expect([beside(), existsSync(at(inCaches)), existsSync(at('named/moltbot-desktop'))]).toEqual([
        false,
        false,
        false,
      ])
    })
  })
})
