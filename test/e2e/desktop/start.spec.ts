import { basename } from 'node:path'
import { expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { isAlive } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'
import { OverviewPage } from '../pages/overview-page.ts'
import { DesktopHome, trayReads } from './desktop-home.ts'

describeWith(['chromium', 'procfs', 'dbus'], 'the desktop application starts', () => {
  const desktop = new DesktopHome()

  it('with a tray, a window and a gateway that answers', async () => {
    const app = desktop.start()
    await trayReads(app, 'Running')
    const tray = await app.tray()
    expect(tray?.isIconEmpty).toBe(false)
    expect(tray?.tooltip).toMatch(/^Moltbot: Running/)
    const overview = new OverviewPage(await app.page())
    await overview.says('The gateway is running')
    const pid = Number(await overview.fact('PID'))
    expect(isAlive(pid)).toBe(true)
    expect(await desktop.answers()).toBe(true)
    expect(app.faults).toEqual([])
    const [window] = await app.ask('windows')
    expect(window?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    })
    await app.quit('tray')
    expect(await app.exited).toBe(0)
    expect(isAlive(pid)).toBe(false)
  })

  // Which modules are in that one file: test/unit/electron/main.spec.ts.
  it('shows the tray before anything else of it is loaded', async () => {
    const app = desktop.start({ args: ['--no-open'] })
    await trayReads(app, 'Running')
    const loaded = (await app.tray())?.loadedBefore.map((path) => basename(path))
    expect(loaded?.slice(loaded.indexOf('desktop.mjs'))).toEqual(['desktop.mjs'])
    expect(await app.isWindowOpen()).toBe(false)
    expect(await app.ask('chromium')).toBeNull()
  })

  it('in the language of the desktop', async () => {
    const app = desktop.start({ language: 'zh' })
    await trayReads(app, '运行中')
    const page = await app.page()
    await new OverviewPage(page).says('网关运行正常')
    expect(await page.evaluate(() => navigator.language)).toBe('zh-CN')
  })

  it('reveals the window where its first frame is never announced', async () => {
    const app = desktop.start({ env: { STAND_IN_NEVER_READY_TO_SHOW: '1' } })
    await until(async () => (await app.ask('windows'))[0]?.isVisible === true, 'a visible window')
  })

  it('stays stopped where the owner stopped it, and says so in the tray', async () => {
    const first = desktop.start({ args: ['--no-open'] })
    await trayReads(first, 'Running')
    await first.clickTray('stop')
    await trayReads(first, 'Stopped')
    await first.quit('tray')
    expect(await first.exited).toBe(0)
    const second = desktop.start({ args: ['--no-open'] })
    await trayReads(second, 'Stopped')
    expect(await desktop.answers()).toBe(false)
  })
})
