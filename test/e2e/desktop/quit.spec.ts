import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { isAlive } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'
import { DesktopHome, trayReads } from './desktop-home.ts'

describeWith(['chromium', 'procfs', 'dbus'], 'the desktop application ends', () => {
  const desktop = new DesktopHome()

  it.each(['tray', 'signal', 'osShutdown'] as const)('by %s, with its gateway', async (how) => {
    const app = desktop.start({ fake: [] })
    await trayReads(app, 'Running')
    await app.page()
    const gateway = await desktop.gatewayPid()
    await app.quit(how)
    expect(await app.exited).toBe(0)
    expect(isAlive(gateway)).toBe(false)
    await until(() => desktop.left().length === 0, 'no process left')
  })

  it('with a gateway that is deaf to TERM, which is killed', async () => {
    const app = desktop.start({ fake: ['--deaf'], args: ['--no-open'] })
    await trayReads(app, 'Running')
    const gateway = await desktop.gatewayPid()
    const began = performance.now()
    await app.quit('tray')
    await trayReads(app, 'Stopping')
    expect(isAlive(gateway)).toBe(true)
    expect(await app.exited).toBe(0)
    expect(performance.now() - began).toBeLessThan(8_000)
    expect(isAlive(gateway)).toBe(false)
    await until(() => desktop.left().length === 0, 'no process left')
  })

  it('within four seconds when the desktop shuts down, even so', async () => {
    const app = desktop.start({ fake: ['--deaf'], args: ['--no-open'] })
    await trayReads(app, 'Running')
    const gateway = await desktop.gatewayPid()
    const began = performance.now()
    expect(await app.ask('shutDown')).toBe(true)
    await app.exited
    expect(performance.now() - began).toBeLessThan(4_000)
    expect(isAlive(gateway)).toBe(false)
    await until(() => desktop.left().length === 0, 'no process left')
  })

  it('a shutdown shortens a quit that is under way', async () => {
    const app = desktop.start({ fake: ['--deaf'], args: ['--no-open'] })
    await trayReads(app, 'Running')
    await app.quit('tray')
    await delay(300)
    const began = performance.now()
    await app.quit('osShutdown')
    await app.exited
    expect(performance.now() - began).toBeLessThan(4_000)
    await until(() => desktop.left().length === 0, 'no process left')
  })

  it('a second and a third signal do not cut the stop short', async () => {
    const app = desktop.start({ fake: ['--deaf'], args: ['--no-open'] })
    await trayReads(app, 'Running')
    const gateway = await desktop.gatewayPid()
    for (const signal of ['SIGTERM', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.kill(app.pid, signal)
      await delay(200)
    }
    expect(isAlive(app.pid)).toBe(true)
    expect(await app.exited).toBe(0)
    expect(isAlive(gateway)).toBe(false)
    await until(() => desktop.left().length === 0, 'no process left')
  })

  it('killed, it leaves no gateway and no window behind', async () => {
    const app = desktop.start({ fake: ['--deaf', '--leak-children', '2'] })
    await trayReads(app, 'Running')
    await app.page()
    process.kill(app.pid, 'SIGKILL')
    expect(await app.exited).toBe('SIGKILL')
    await until(() => desktop.left().length === 0, 'no process left')
    // The next start takes the place of the dead one.
    const next = desktop.start({ fake: [], args: ['--no-open'] })
    await trayReads(next, 'Running')
  })

  it('asked to quit while it still starts', async () => {
    const app = desktop.start({ fake: ['--ready-after', '60000'], args: ['--no-open'] })
    await until(async () => (await app.tray()) !== null, 'a tray')
    await app.quit('signal')
    expect(await app.exited).toBe(0)
    await until(() => desktop.left().length === 0, 'no process left')
  })
})
