import { afterEach, beforeEach, expect, it } from 'vitest'
import { DesktopSession } from '../../fixtures/desktop-session.ts'
import { makeHome, type TestHome, until } from '../../fixtures/host-under-test.ts'
import { isAlive, processesWith } from '../../fixtures/kernel.ts'
import { describeOnEachDesktop } from '../drivers/each-desktop.ts'
import { OverviewPage } from '../pages/overview-page.ts'

describeOnEachDesktop('the desktop application', (startDesktop) => {
  let home: TestHome
  let session: DesktopSession
  let app: Awaited<ReturnType<typeof startDesktop>>
  let overview: OverviewPage
  beforeEach(async () => {
    home = await makeHome()
    session = await DesktopSession.start(home.folder)
    await session.addPanel()
    app = await startDesktop({
      env: { ...home.env, DBUS_SESSION_BUS_ADDRESS: session.address },
      args: ['--port', '0', '--gateway-port', String(home.gatewayPort)],
    })
    overview = new OverviewPage(await app.page())
    await overview.says('The gateway is running')
  })
  afterEach(async () => {
    await app.end()
    await session.end()
    await until(() => processesWith(home.folder).length === 0, 'no process left', 3_000).catch(() => {})
    const left = processesWith(home.folder)
    await home.remove()
    expect(left, 'processes left behind').toEqual([])
  })

  const trayReads = (text: string) =>
    until(async () => (await app.tray())?.menu[0]?.label.includes(text) === true, `the tray to read ${text}`)

  it('stops and starts the gateway from the tray', async () => {
    const pid = Number(await overview.fact('PID'))
    await trayReads('Running')
    await app.clickTray('stop')
    await trayReads('Stopped')
    await overview.says('The gateway is stopped')
    expect(isAlive(pid)).toBe(false)
    await app.clickTray('start')
    await overview.says('The gateway is running')
    expect(isAlive(Number(await overview.fact('PID')))).toBe(true)
  })

  it('keeps the tray without its window, and opens it again where it was', async () => {
    const place = { x: 200, y: 150, width: 820, height: 610 }
    await app.moveWindow(place)
    await app.closeWindow()
    await until(async () => !(await app.isWindowOpen()), 'no window')
    await trayReads('Running')
    await app.clickTray('open')
    await new OverviewPage(await app.page()).says('The gateway is running')
    expect(await app.bounds()).toMatchObject({ width: place.width, height: place.height })
  })

  it.each(['tray', 'signal', 'osShutdown'] as const)('ends by %s, with its gateway', async (how) => {
    const pid = Number(await overview.fact('PID'))
    await app.quit(how)
    expect(await app.exited).toBe(0)
    expect(isAlive(pid)).toBe(false)
  })
})
