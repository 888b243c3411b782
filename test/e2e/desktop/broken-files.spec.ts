import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeWith } from '../../setup/requirements.ts'
import { OverviewPage } from '../pages/overview-page.ts'
import { DesktopHome, trayReads } from './desktop-home.ts'

describeWith(['chromium', 'procfs', 'dbus'], 'the desktop application with broken files of its own', () => {
  const desktop = new DesktopHome()
  const filesBelow = async (folder: string) => (await readdir(folder, { recursive: true })).map(String)

  const contents: [name: string, bytes: string][] = [
    ['cut off', '{"x": 10, "y"'],
    ['no JSON', '\0\0\0\0'],
    ['another form', '[]'],
    ['numbers beyond all screens', '{"x":1e9,"y":-1e9,"width":1e9,"height":1,"isMaximized":false}'],
    ['a deep one', '['.repeat(20_000)],
  ]
  it.each(contents)('starts all the same: %s', async (_name, bytes) => {
    const { hostDir } = desktop.home
    const first = desktop.start()
    await new OverviewPage(await first.page()).says('The gateway is running')
    await first.moveWindow({ x: 100, y: 100, width: 700, height: 500 })
    await first.clickTray('language', 'language-en')
    await first.closeWindow()
    await first.quit('tray')
    expect(await first.exited).toBe(0)

    const names = (await filesBelow(hostDir)).filter((name) => /(window|settings)[^/]*\.json$/.test(name))
    expect(names.length).toBe(2)
    for (const name of names) await writeFile(join(hostDir, name), bytes)

    const next = desktop.start()
    await trayReads(next, 'Running')
    await new OverviewPage(await next.page()).says('The gateway is running')
    const { x, y, width, height } = await next.bounds()
    expect(x).toBeGreaterThanOrEqual(-width + 50)
    expect(x).toBeLessThan(1920)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y).toBeLessThan(1080)
    expect(width).toBeLessThanOrEqual(1920)
    expect(height).toBeLessThanOrEqual(1080)
  })

  it('says why it cannot start where its folder cannot be used', async () => {
    const { hostDir } = desktop.home
    await mkdir(join(hostDir, '..'), { recursive: true })
    await writeFile(hostDir, 'a file where a folder should be')
    const app = desktop.start({ args: ['--no-open'] })
    expect(await app.exited).toBe(1)
    expect(app.output()).toContain(hostDir)
  })
})
