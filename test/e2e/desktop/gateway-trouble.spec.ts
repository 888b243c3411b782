import { expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { isAlive } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'
import { OverviewPage } from '../pages/overview-page.ts'
import { DesktopHome, trayReads } from './desktop-home.ts'

describeWith(['chromium', 'procfs', 'dbus'], 'the gateway ends while the window is closed', () => {
  const desktop = new DesktopHome()

  it('crash loop: the tray says so, a notification tells, and its click shows the window', async () => {
    const app = desktop.start({
      fake: ['--die-at', '30', '--exit-code', '3', '--ready-after', '60000'],
      args: ['--no-open'],
    })
    await trayReads(app, 'Failed', 40_000)
    await until(async () => (await app.notifications()).length > 0, 'a notification')
    const [notification] = await app.notifications()
    expect(`${notification?.title} ${notification?.body}`).toMatch(/gateway/i)
    expect((await app.tray())?.iconPath).toMatch(/failed/i)
    await app.clickNotification(0)
    await new OverviewPage(await app.page()).says('The gateway keeps ending before it is ready')
  }, 60_000)

  it('killed once: another one runs, and the tray tells the truth all the time', async () => {
    const app = desktop.start({ fake: [] })
    await new OverviewPage(await app.page()).says('The gateway is running')
    await app.closeWindow()
    const pid = await desktop.gatewayPid()
    process.kill(pid, 'SIGKILL')
    await until(
      async () => (await desktop.answers()) && (await desktop.gatewayPid()) !== pid,
      'another gateway',
    )
    expect(isAlive(pid)).toBe(false)
    await trayReads(app, 'Running')
    await app.clickTray('open')
    const overview = new OverviewPage(await app.page())
    await overview.says('The gateway is running')
    expect(await overview.fact('PID')).toBe(String(await desktop.gatewayPid()))
    expect(await overview.fact('Crashes')).toBe('1')
  })
})
