import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { HostUnderTest, until } from '../../fixtures/host-under-test.ts'
import { isAlive } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'
import { OverviewPage } from '../pages/overview-page.ts'
import { DesktopHome, trayReads } from './desktop-home.ts'

const commandLine = resolve(import.meta.dirname, '../../../dist/moltbot')
const secondStart = resolve(import.meta.dirname, '../../fixtures/electron-stand-in/hostile-second-start.ts')

describeWith(['chromium', 'procfs', 'dbus'], 'one desktop application, one host', () => {
  const desktop = new DesktopHome()

  it('a second start shows the window of the first, and ends', async () => {
    const first = desktop.start({ fake: [], args: ['--no-open'] })
    await trayReads(first, 'Running')
    expect(await first.isWindowOpen()).toBe(false)
    const gateway = await desktop.gatewayPid()
    expect(isAlive(gateway)).toBe(true)
    const second = desktop.start()
    expect(await second.exited).toBe(0)
    await new OverviewPage(await first.page()).says('The gateway is running')
    expect(await desktop.gatewayPid()).toBe(gateway)
    // Not one that is to stay in the background.
    await first.closeWindow()
    expect(await desktop.start({ args: ['--no-open'] }).exited).toBe(0)
    expect(await first.isWindowOpen()).toBe(false)
  })

  it.each([
    ['no data', null],
    ['a text', 'show'],
    ['a list', [1, { show: true }]],
    ['another type', { form: '1', show: true }],
    ['a truthy word', { form: 1, show: 'yes' }],
    ['a deep one', { form: 1, show: { toString: 'true' } }],
    ['much of it', { form: 1, show: false, padding: 'x'.repeat(100_000) }],
  ])('a hostile second start with %s is nothing to the first', async (_name, data) => {
    const first = desktop.start({ args: ['--no-open'] })
    await trayReads(first, 'Running')
    const hostile = desktop.start({
      main: secondStart,
      env: { HOSTILE_DATA: JSON.stringify(data) },
      args: [
        '--gateway-port',
        '1',
        '--no-sandbox',
        '--inspect=0',
        '--require=/tmp/x.js',
        '\u001b[2J',
        'file:///etc/passwd',
      ],
    })
    expect(await hostile.exited).toBe(0)
    expect(hostile.output()).toContain('lost')
    expect(await first.isWindowOpen()).toBe(false)
    expect((await first.ask('asked')).opened).toEqual([])
    await trayReads(first, 'Running')
    expect(isAlive(first.pid)).toBe(true)
    expect(await desktop.answers()).toBe(true)
  })

  it('beside a headless host it leaves, and says where that one is', async () => {
    const host = HostUnderTest.start(desktop.home, [])
    await host.link()
    try {
      const app = desktop.start({ args: ['--no-open'] })
      expect(await app.exited).toBe(0)
      expect(app.output()).toMatch(/^Moltbot host ready: http:\/\/127\.0\.0\.1:\d+\/#code=/m)
      expect(isAlive(host.pid)).toBe(true)
      await until(() => desktop.answers(), 'the gateway of the headless host')
    } finally {
      await host.leave()
    }
  })

  it('`moltbot host` beside it leaves likewise, with an address that this one serves', async () => {
    const app = desktop.start({ args: ['--no-open'] })
    await trayReads(app, 'Running')
    const { stdout } = await promisify(execFile)(commandLine, ['host', '--no-open'], {
      env: desktop.home.env,
    })
    const [, address = ''] = /^Moltbot host ready: (\S+)$/m.exec(stdout) ?? []
    const page = await fetch(address)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('id="root"')
    await trayReads(app, 'Running')
  })

  it('the command line speaks to it', async () => {
    const app = desktop.start({ fake: [], args: ['--no-open'] })
    await trayReads(app, 'Running')
    const gateway = await desktop.gatewayPid()
    await promisify(execFile)(commandLine, ['service', 'stop'], { env: desktop.home.env })
    await trayReads(app, 'Stopped')
    expect(isAlive(gateway)).toBe(false)
  })

  it('an instance that hangs is ended by the next start, which takes its place', async () => {
    const first = desktop.start({ fake: [], args: ['--no-open'] })
    await trayReads(first, 'Running')
    const gateway = await desktop.gatewayPid()
    process.kill(first.pid, 'SIGSTOP')
    const second = desktop.start({ fake: [], args: ['--no-open'], env: { STAND_IN_HUNG_MS: '1000' } })
    expect(await first.exited).toBe('SIGKILL')
    await trayReads(second, 'Running')
    expect(isAlive(gateway)).toBe(false)
    expect(isAlive(await desktop.gatewayPid())).toBe(true)
  })
})
