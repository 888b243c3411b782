import { setTimeout } from 'node:timers/promises'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { windowChannels } from '../../../shared/window-bridge.ts'
import type { PretendedSender } from '../../fixtures/electron-stand-in/controls.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { describeWith } from '../../setup/requirements.ts'
import type { StandInDriver } from '../drivers/stand-in-driver.ts'
import { OverviewPage } from '../pages/overview-page.ts'
import { DesktopHome } from './desktop-home.ts'

const page: PretendedSender = { frame: 'main' }

describeWith(['chromium', 'procfs', 'dbus'], 'a page that was taken over', () => {
  const desktop = new DesktopHome('file')
  let app: StandInDriver
  beforeAll(async () => {
    app = desktop.start({ fake: [] })
    await new OverviewPage(await app.page()).says('The gateway is running')
  })
  // Each spec finds a page that nobody has tampered with.
  beforeEach(async () => {
    await (await app.page()).reload()
    await new OverviewPage(await app.page()).says('The gateway is running')
  })
  /** Still served, with nothing broken. */
  const isWell = async () => {
    await app.clickTray('stop')
    await new OverviewPage(await app.page()).says('The gateway is stopped')
    await app.clickTray('start')
    await new OverviewPage(await app.page()).says('The gateway is running')
  }

  it('is not heard from any frame but the top one of our own page in our own window', async () => {
    const gateway = await desktop.gatewayPid()
    const strangers: PretendedSender[] = [
      { frame: 'sub' },
      { frame: 'none' },
      { frame: 'main', origin: 'https://evil.example' },
      { frame: 'main', origin: 'moltbot-desktop://app.evil.example' },
      { frame: 'main', origin: 'moltbot-desktop://other' },
      { frame: 'main', origin: 'file://' },
      { frame: 'main', origin: 'null' },
      { frame: 'main', isForeign: true },
    ]
    for (const from of strangers) {
      for (const call of ['host.snapshot', 'gateway.stop', 'host.link']) {
        expect(await app.ask('invoke', from, windowChannels.call, [call, []]), JSON.stringify(from)).toEqual({
          ok: true,
          value: { ok: false, code: 'CALL_NOT_HERE', params: { call: '' } },
        })
      }
      await app.ask('send', from, windowChannels.subscribe, [])
    }
    expect(await desktop.gatewayPid()).toBe(gateway)
    expect(await app.ask('invoke', page, windowChannels.call, ['host.snapshot', []])).toMatchObject({
      ok: true,
      value: { ok: true },
    })
    await isWell()
  })

  it('gets no further with other calls, arguments and channels than with a refusal', async () => {
    const asked: [args: unknown[], code: string][] = [
      [['host.link', []], 'CALL_NOT_HERE'],
      [['nothing', []], 'CALL_UNKNOWN'],
      [['__proto__', []], 'CALL_UNKNOWN'],
      [['constructor', []], 'CALL_UNKNOWN'],
      [['x'.repeat(100_000), []], 'CALL_UNKNOWN'],
      [[], 'CALL_UNKNOWN'],
      [[42, []], 'CALL_UNKNOWN'],
      [['gateway.stop', [], 'more'], 'CALL_UNKNOWN'],
      [['gateway.stop'], 'CALL_UNKNOWN'],
      [['gateway.stop', 'no list'], 'CALL_ARGUMENTS'],
      [['gateway.stop', [1]], 'CALL_ARGUMENTS'],
      [['gateway.stop', [1, 2, 3, 4, 5]], 'CALL_ARGUMENTS'],
      [['timeline.page', [{ before: 'x', limit: 1 }]], 'CALL_ARGUMENTS'],
      [['timeline.page', [{ before: 1, limit: 1e9 }]], 'CALL_ARGUMENTS'],
      [['settings.change', [{ language: 'en', more: true }]], 'CALL_ARGUMENTS'],
      [['settings.setGatewayPort', [{ port: -1 }]], 'CALL_ARGUMENTS'],
      [['timeline.page', [new Uint8Array(50_000_000)]], 'CALL_ARGUMENTS'],
      [['timeline.page', ['x'.repeat(50_000_000)]], 'CALL_ARGUMENTS'],
      [['timeline.page', [new Map([[1, 2]])]], 'CALL_ARGUMENTS'],
      [['timeline.page', [nested(500)]], 'CALL_ARGUMENTS'],
      [['timeline.page', [Array.from({ length: 1_000_000 }, () => 1)]], 'CALL_ARGUMENTS'],
    ]
    for (const [args, code] of asked) {
      const answer = await app.ask('invoke', page, windowChannels.call, args)
      expect(answer, `${String(args).slice(0, 60)}`).toMatchObject({ ok: true, value: { ok: false, code } })
      expect(JSON.stringify(answer).length).toBeLessThan(1_000)
    }
    for (const channel of ['nothing', 'contract:subscribe', 'ELECTRON_BROWSER_REQUIRE', '']) {
      expect(await app.ask('invoke', page, channel, [])).toMatchObject({ ok: false })
    }
    await app.ask('send', page, windowChannels.call, ['gateway.stop', []])
    await app.ask('send', page, windowChannels.subscribe, ['more'])
    await isWell()
  })

  it('cannot exhaust the host with calls', async () => {
    await app.ask('load')
    const before = (await app.ask('load')).rssMb
    const counts = await app.ask('flood', windowChannels.call, ['gateway.health', []], 20_000)
    expect(counts.CALLS_TOO_MANY).toBeGreaterThan(19_000)
    const { rssMb } = await app.ask('load')
    expect(rssMb - before).toBeLessThan(150)
    await isWell()
  })

  it('leaves the others served while it floods', async () => {
    const view = await app.page()
    await view.evaluate(() => {
      const { moltbotWindow } = window as unknown as {
        moltbotWindow: { call(name: string, args: unknown[]): Promise<unknown> }
      }
      let rounds = 0
      const flood = () => {
        for (let i = 0; i < 100; i++)
          void moltbotWindow.call('timeline.page', [{ before: 1_000_000, limit: 500 }])
        rounds += 1
        if (rounds < 50) window.setTimeout(flood, 20)
      }
      flood()
    })
    await app.ask('load')
    const gateway = await desktop.gatewayPid()
    await app.clickTray('restart')
    await until(async () => ![0, gateway].includes(await desktop.gatewayPid()), 'a new gateway')
    expect((await app.ask('load')).pauseMs).toBeLessThan(1_000)
  })

  it('sees of Electron nothing but the bridge, and cannot change it', async () => {
    const view = await app.page()
    expect(
      await view.evaluate(() => {
        const bridge = (window as unknown as { moltbotWindow: Record<string, unknown> }).moltbotWindow
        return {
          keys: Object.keys(bridge),
          isFrozen: Object.isFrozen(bridge),
          others: ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer', 'global'].filter(
            (name) => name in window,
          ),
        }
      }),
    ).toEqual({ keys: ['call', 'subscribe'], isFrozen: true, others: [] })
  })

  it('goes nowhere', async () => {
    const view = await app.page()
    const address = view.url()
    for (const target of [
      'https://evil.example/',
      'http://127.0.0.1:9/',
      'file:///etc/passwd',
      'smb://evil.example/share',
      'data:text/html,x',
      'moltbot-other://app/',
      'javascript:document.title="taken"',
    ]) {
      await view
        .evaluate((url) => {
          const link = document.createElement('a')
          link.href = url
          document.body.append(link)
          link.click()
          location.assign(url)
        }, target)
        .catch(() => {})
      await setTimeout(50)
    }
    await new OverviewPage(view).says('The gateway is running')
    expect(view.url()).toBe(address)
    expect(await view.title()).toContain('Moltbot')
    const { navigations } = await app.ask('guarded')
    expect(navigations.map(({ url }) => url)).toContain('https://evil.example/')
    expect(navigations.filter(isForeignAndAllowed)).toEqual([])
    expect((await app.ask('asked')).opened).toEqual([])
    await isWell()
  })

  it('opens no window, and of links only https and mail, one a second', async () => {
    const view = await app.page()
    for (const target of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'smb://evil.example/x',
      'data:text/html,x',
      'moltbot-desktop://app/index.html',
      'https://user:secret@example.org/',
    ]) {
      await view.evaluate((url) => void window.open(url), target)
    }
    // Chromium refuses the first two by itself.
    const asked = async () => (await app.ask('guarded')).popups
    await until(async () => (await asked()).length === 4, 'the others to be asked about')
    expect((await app.ask('asked')).opened).toEqual([])
    await view.evaluate(() => {
      for (let i = 0; i < 5; i++) window.open(`https://example.org/${i}`)
    })
    await until(async () => (await app.ask('asked')).opened.length > 0, 'the first link')
    await until(async () => (await asked()).length === 9, 'the others')
    expect((await app.ask('asked')).opened).toEqual(['https://example.org/0'])
    await setTimeout(1_100)
    // As the page's own links are.
    await view.evaluate(() => {
      const link = document.createElement('a')
      Object.assign(link, { href: 'https://docs.example.org/', target: '_blank', rel: 'noreferrer' })
      document.body.append(link)
      link.click()
    })
    await until(async () => (await app.ask('asked')).opened.length === 2, 'the second link')
    expect(view.context().pages()).toHaveLength(1)
    expect(await app.ask('windows')).toHaveLength(1)
  })

  it('gets no permission but to copy, no device, no download and nothing from the network', async () => {
    const view = await app.page()
    const wanted = [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'clipboard-read',
      'clipboard-sanitized-write',
      'openExternal',
      'fileSystem',
      'display-capture',
      'hid',
      'serial',
      'usb',
      'idle-detection',
      'fullscreen',
      'pointerLock',
    ]
    expect(await app.ask('granted', wanted, 'moltbot-desktop://app/')).toEqual(['clipboard-sanitized-write'])
    expect(await app.ask('granted', wanted, 'https://evil.example/')).toEqual([])
    expect(await app.ask('hasDeviceGuard')).toBe(true)
    expect(await view.evaluate(() => Notification.requestPermission())).toBe('denied')
    const tried = await view.evaluate(async () => {
      const tell = (promise: Promise<unknown>) =>
        promise.then(
          () => 'came',
          () => 'refused',
        )
      const image = new Image()
      const seen = new Promise((resolve) => {
        image.onload = () => resolve('came')
        image.onerror = () => resolve('refused')
      })
      image.src = 'https://evil.example/x.png'
      const frame = document.createElement('iframe')
      frame.src = 'https://evil.example/'
      document.body.append(frame)
      return [
        await tell(fetch('https://evil.example/')),
        await tell(fetch('http://127.0.0.1:18789/health')),
        await seen,
      ]
    })
    expect(tried).toEqual(['refused', 'refused', 'refused'])
    await view.evaluate(() => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob(['x']))
      link.download = 'x.sh'
      link.click()
    })
    await until(
      async () => (await app.ask('guarded')).navigations.some(({ url }) => url.startsWith('blob:')),
      'a download',
    )
    expect((await app.ask('guarded')).navigations.filter(isForeignAndAllowed)).toEqual([])
  })

  it('reads nothing outside the page, however its path is written', async () => {
    const view = await app.page()
    const paths = [
      '/../../../etc/passwd',
      '/..%2f..%2f..%2fetc/passwd',
      '/%2e%2e/%2e%2e/package.json',
      '/..%5c..%5cpackage.json',
      '/..\\..\\package.json',
      '/index.html%00.js',
      '/%00',
      '/assets/%2e%2e/%2e%2e/app/desktop.mjs',
      '/%E0%A4%A',
      '//etc/passwd',
      '/assets',
      '/nothing.html',
    ]
    for (const path of paths) {
      const answer = await app.ask('scheme', `moltbot-desktop://app${path}`, 'GET')
      expect(answer.status, path).toBe(404)
      expect(Object.fromEntries(answer.headers)['content-security-policy']).toContain("default-src 'none'")
      const through = await view.evaluate(
        (url) =>
          fetch(url).then(
            async (it) => `${it.status} ${(await it.text()).slice(0, 20)}`,
            () => 'refused',
          ),
        path,
      )
      expect(through, path).toMatch(/^(404 No such page|refused)/)
    }
  })

  it('is served by its own host only, and by reading only', async () => {
    const status = async (url: string, method = 'GET') => (await app.ask('scheme', url, method)).status
    expect(await status('moltbot-desktop://app/')).toBe(200)
    expect(await status('moltbot-desktop://app/index.html', 'HEAD')).toBe(200)
    expect(await status('moltbot-desktop://other/')).toBe(404)
    expect(await status('moltbot-desktop://app.evil/')).toBe(404)
    expect(await status('moltbot-desktop://app:80/')).toBe(404)
    expect(await status('moltbot-desktop://me@app/')).toBe(404)
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect(await status('moltbot-desktop://app/', method)).toBe(405)
    }
    const { headers } = await app.ask('scheme', 'moltbot-desktop://app/', 'GET')
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(/script-src 'self';.*frame-ancestors 'none'/),
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    })
  })
})

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = [value]
  return value
}

/** Loading its own page again is the page's right. */
function isForeignAndAllowed({ url, isPrevented }: { url: string; isPrevented: boolean }): boolean {
  return !isPrevented && !url.startsWith('moltbot-desktop://app/')
}
