import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { hasDisplay, openInBrowser } from '../../../host/open-in-browser.ts'
import { makeHome, until } from '../../fixtures/host-under-test.ts'
import { describeWith } from '../../setup/requirements.ts'

describeWith(['procfs'], 'opening the browser', () => {
  it('hands it a page for this user only, and no code that others could read', async () => {
    const home = await makeHome()
    const bin = join(home.folder, 'bin')
    const said = join(home.folder, 'opened')
    await mkdir(bin)
    await mkdir(home.hostDir)
    await writeFile(
      join(bin, 'xdg-open'),
      `#!/bin/sh\nprintf '%s' "$*" > '${said}.part' && mv '${said}.part' '${said}'\n`,
    )
    await chmod(join(bin, 'xdg-open'), 0o755)
    const before = process.env.PATH
    process.env.PATH = `${bin}:${before}`
    await openInBrowser('http://127.0.0.1:1/#code=private', home.hostDir)
    process.env.PATH = before
    const opened = () => readFile(said, 'utf8').catch(() => '')
    await until(async () => (await opened()) !== '', 'the opener')
    expect(await opened()).not.toContain('private')
    const page = fileURLToPath(await opened())
    expect((await stat(page)).mode & 0o777).toBe(0o600)
    expect(await readFile(page, 'utf8')).toContain('url=http://127.0.0.1:1/#code=private')
    await home.remove()
  })

  it.each([
    [{ DISPLAY: ':0' }, 'linux', true],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
    [{}, 'linux', false],
    [{}, 'darwin', true],
    [{ SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, 'darwin', false],
  ])('is tried where somebody could see it: %j on %s: %s', (env, platform, expected) => {
    expect(hasDisplay(env, platform)).toBe(expected)
  })
})
