import { expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { isAlive, processesWith } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'
import { OverviewPage } from '../pages/overview-page.ts'
import { DesktopHome, trayReads } from './desktop-home.ts'

describeWith(['chromium', 'procfs', 'dbus'], 'tray and window of the desktop application', () => {
  const desktop = new DesktopHome()
  const renderers = () =>
    processesWith(desktop.home.folder).filter((pid) => processesWith('--type=renderer').includes(pid))

  it('the tray stops the gateway, and starts another one', async () => {
    const app = desktop.start()
    const overview = new OverviewPage(await app.page())
    await overview.says('The gateway is running')
    const pid = Number(await overview.fact('PID'))
    await app.clickTray('Stop the gateway')
    await trayReads(app, 'Stopped')
    await overview.says('The gateway is stopped')
    expect(isAlive(pid)).toBe(false)
    expect(await desktop.answers()).toBe(false)
    await app.clickTray('Start the gateway')
    await trayReads(app, 'Running')
    await overview.says('The gateway is running')
    expect(await desktop.answers()).toBe(true)
    expect(Number(await overview.fact('PID'))).not.toBe(pid)
  })

  it('closing the window ends its renderer and keeps the tray; it opens again where it was', async () => {
    const app = desktop.start()
    await new OverviewPage(await app.page()).says('The gateway is running')
    const place = { x: 300, y: 120, width: 900, height: 640 }
    await app.moveWindow(place)
    const before = renderers()
    expect(before.length).toBeGreaterThan(0)
    await app.closeWindow()
    await until(() => renderers().length === 0, 'no renderer')
    expect(await app.isWindowOpen()).toBe(false)
    await trayReads(app, 'Running')
    expect(await desktop.answers()).toBe(true)

    await app.clickTray('Open Moltbot')
    await new OverviewPage(await app.page()).says('The gateway is running')
    expect(await app.bounds()).toEqual(place)
    expect(before).not.toContain(renderers()[0])
    await app.closeWindow()
    await app.quit('tray')
    expect(await app.exited).toBe(0)

    const next = desktop.start()
    await next.page()
    expect(await next.bounds()).toEqual(place)
  })

  it('opens the page that the tray names', async () => {
    const app = desktop.start()
    await new OverviewPage(await app.page()).says('The gateway is running')
    await app.clickTray('logs')
    await until(async () => (await app.page()).url().endsWith('#/logs'), 'the logs')
    await app.closeWindow()
    await app.clickTray('settings')
    expect((await app.page()).url()).toMatch(/#\/settings$/)
  })

  it('another language shows in tray, application menu and window at once', async () => {
    const app = desktop.start()
    const overview = new OverviewPage(await app.page())
    await overview.says('The gateway is running')
    const menus = (await app.tray())?.menusSet ?? 0
    await app.clickTray('language', 'language-zh-CN')
    await overview.says('网关运行正常')
    await trayReads(app, '运行中')
    expect((await app.tray())?.menusSet).toBeGreaterThan(menus)
    expect(JSON.stringify(await app.ask('applicationMenu'))).toMatch(/编辑/)
    await app.clickTray('language', 'language-en')
    await overview.says('The gateway is running')
  })

  it('a crashed page is loaded again', async () => {
    const app = desktop.start()
    await new OverviewPage(await app.page()).says('The gateway is running')
    const [before] = renderers()
    await app.ask('crashWindow')
    await until(() => !renderers().includes(before ?? 0), 'the renderer to end')
    await until(() => renderers().length > 0, 'another renderer')
    await expect
      .poll(async () =>
        (await app.page()).evaluate(() => document.querySelector('h1')?.textContent).catch(() => null),
      )
      .toBe('The gateway is running')
  })

  it('asks what to do with a page that hangs', async () => {
    const app = desktop.start()
    await new OverviewPage(await app.page()).says('The gateway is running')
    const [before] = renderers()
    await app.ask('nextDialogAnswers', [1])
    await app.ask('unresponsive')
    await until(() => !renderers().includes(before ?? 0), 'the renderer to end')
    expect((await app.ask('asked')).dialogs).toHaveLength(1)
  })

  it('without a panel for its icon a window stays within reach', async () => {
    desktop.session.removePanel()
    const app = desktop.start({ args: ['--no-open'] })
    await new OverviewPage(await app.page()).says('The gateway is running')
    await app.closeWindow()
    const [window] = await app.ask('windows')
    expect(window?.isMinimized).toBe(true)
    // With one again, closing closes.
    await desktop.session.addPanel()
    await until(async () => {
      await app.closeWindow().catch(() => {}) // It is closed.
      return !(await app.isWindowOpen())
    }, 'a window that closes')
    await trayReads(app, 'Running')
    await app.quit('tray')
    expect(await app.exited).toBe(0)
  })

  it('a click on the icon brings a minimised window back; the theme follows the settings', async () => {
    const app = desktop.start()
    const view = await app.page()
    await new OverviewPage(view).says('The gateway is running')
    await app.ask('minimizeWindow')
    await app.ask('activateTray')
    expect(await app.ask('windows')).toMatchObject([{ isMinimized: false, isFocused: true }])
    await view.evaluate(() => {
      // The page's own way to the host.
      const { moltbotWindow } = window as unknown as {
        moltbotWindow: { call(name: string, args: unknown[]): Promise<unknown> }
      }
      return moltbotWindow.call('settings.change', [{ theme: 'dark' }])
    })
    await until(async () => (await app.ask('themeSource')) === 'dark', 'the theme of the application')
    await expect
      .poll(() => view.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      .toBe(true)
  })

  it('the application menu quits like everything else', async () => {
    const app = desktop.start()
    await trayReads(app, 'Running')
    await app.page()
    await app.ask('clickApplicationMenu', ['Moltbot', 'quit'])
    expect(await app.exited).toBe(0)
    expect(await desktop.answers()).toBe(false)
  })
})
