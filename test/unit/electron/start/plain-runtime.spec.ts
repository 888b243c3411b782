import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resourcesFolder } from '../../../../electron/app-folder.ts'
import { isMounted, ownAppImage } from '../../../../electron/start/plain-runtime.ts'

describe('whether what a plain Node runs goes with the application', () => {
  let base: string
  const at = (path: string) => join(base, path)
  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-mount-')))
    for (const folder of ['.mount_Moltb1/resources', '.mount_Moltb12/resources', 'opt/resources']) {
      mkdirSync(at(folder), { recursive: true })
    }
    symlinkSync(base, at('tmp'))
  })
  afterEach(() => rmSync(base, { recursive: true, force: true }))

  it.each([
    ['an AppImage’s mount', '.mount_Moltb1', '.mount_Moltb1', true],
    ['a mount that is named through a link', '.mount_Moltb1', 'tmp/.mount_Moltb1', true],
    ['an installed package, started from some AppImage', 'opt', '.mount_Moltb1', false],
    ['a mount whose name only begins alike', '.mount_Moltb12', '.mount_Moltb1', false],
    ['what is no folder any more', 'opt', '.mount_gone', false],
  ])('%s', (_what, own, mount, expected) => {
    const env = { APPIMAGE: '/home/me/Moltbot.AppImage', APPDIR: at(mount) }
    expect(isMounted(at(`${own}/resources`), env)).toBe(expected)
    // What a login opens, and an update replaces, is never another's AppImage.
    expect(ownAppImage(env, at(`${own}/resources`))).toBe(expected ? env.APPIMAGE : null)
  })

  it('an AppImage that was unpacked stays where it is', () => {
    expect(isMounted(at('.mount_Moltb1/resources'), { APPDIR: at('.mount_Moltb1') })).toBe(false)
  })
})

describe('the folder beside the archive', () => {
  it('is there in a package, and nowhere else', () => {
    expect(resourcesFolder('/opt/moltbot-desktop/resources/app.asar')).toBe('/opt/moltbot-desktop/resources')
    expect(resourcesFolder('/home/me/moltbot/dist/app')).toBeNull()
  })
})
