import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchChromium, type OpenPage, openPage } from '../fixtures/open-page.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { violations } from './pages/axe.ts'
import { OverviewPage } from './pages/overview-page.ts'

describeWith(['chromium'], 'the page and its host', () => {
  let browser: Browser
  let host: ScriptedHost
  let opened: OpenPage
  let overview: OverviewPage
  const now = Date.now()
  const states = scriptedStates(now)
  beforeAll(async () => {
    browser = await launchChromium()
  })
  beforeEach(async () => {
    host = new ScriptedHost(snapshotOf(states.running, now))
    await host.open()
    opened = await openPage(browser)
    overview = new OverviewPage(opened.page)
  })
  afterEach(async () => {
    await opened.context.close()
    await host.close()
  })
  afterAll(() => browser.close())

  it('spends the code, takes it out of the address, and lives through a reload', async () => {
    const { page, faults } = opened
    await page.goto(host.address())
    await overview.says('The gateway is running')
    expect(page.url()).toBe(`${host.origin}/`)
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2)
    await page.reload()
    await overview.says('The gateway is running')
    expect(faults).toEqual([])
  })

  it('says how to get an address when there is no code', async () => {
    await opened.page.goto(host.origin)
    await overview.says('This page needs a fresh address')
    const text = await opened.page.locator('main').innerText()
    expect(text).toContain('npm start')
    expect(text).toContain('moltbot host')
  })

  it('refuses a replayed code, and takes a fresh address pasted into the same tab', async () => {
    const address = host.address()
    await opened.page.goto(address)
    await overview.says('The gateway is running')
    const other = await openPage(browser)
    await other.page.goto(address)
    await new OverviewPage(other.page).says('This address has already been used')
    await other.page.goto(host.address())
    await new OverviewPage(other.page).says('The gateway is running')
    await other.context.close()
  })

  it('asks for a fresh address when the host has forgotten the session', async () => {
    await opened.page.goto(host.address())
    await overview.says('The gateway is running')
    host.forgetSessions()
    host.cutOff()
    await overview.says('This page needs a fresh address')
  })

  it('never shows the last known state as current', async () => {
    const { page } = opened
    await page.goto(host.address())
    await overview.says('The gateway is running')
    await host.close()
    await overview.notice.waitFor()
    expect(await overview.notice.innerText()).toContain('The host does not answer')
    expect(await page.locator('.lost-known').innerText()).toMatch(/^What you see below is from \d\d:\d\d/)
    expect(await overview.stateLine.innerText()).toContain('No connection')
    expect(await page.title()).toBe('No connection · Moltbot')
    expect(await overview.announced.innerText()).toBe('No connection: the host does not answer')
    expect(await overview.headline.innerText()).toBe('Last known: Running')
    expect(await overview.fact('Uptime')).toBe('–')
    expect(await overview.buttons()).toEqual([])

    // The same host comes back with another state, while the page waits.
    host.replace(snapshotOf(states.stopped, now))
    const tryNow = await page.getByRole('button', { name: 'Try now' }).elementHandle()
    await host.open()
    // Pressed at once: the page's own next try may take the button away while a mouse is still on its way.
    await tryNow?.evaluate((button) => (button as HTMLElement).click())
    await overview.says('The gateway is stopped')
    expect(await overview.notice.count()).toBe(0)
    expect(await page.title()).toBe('Stopped · Moltbot')
  })

  it('comes back by itself, and believes another run of the host whatever its revision', async () => {
    await opened.page.goto(host.address())
    await overview.says('The gateway is running')
    const other = snapshotOf(states.stopped, now)
    host.replace({
      ...other,
      host: { ...other.host, hostRun: 'host-b' },
      gateway: { ...other.gateway, revision: 0 },
    })
    host.cutOff()
    await overview.says('The gateway is stopped')
    host.change({ port: 18801 })
    await expect.poll(() => overview.fact('Port')).toBe('18801')
  })

  it('loses no event that arrives before the snapshot', async () => {
    host.snapshotDelayMs = 400
    await opened.page.goto(host.address())
    await expect.poll(() => host.calls).toContain('host.snapshot')
    // Older than the snapshot that is under way, and newer.
    host.say({ ...host.view, revision: 1, port: 1 })
    host.change({ port: 18802 })
    await overview.says('The gateway is running')
    expect(await overview.fact('Port')).toBe('18802')
  })

  it('names what it cannot understand instead of showing half of it', async () => {
    await opened.page.goto(host.address())
    await overview.says('The gateway is running')
    host.sendRaw(JSON.stringify({ event: 'moon.rose', payload: {} }))
    host.sendRaw(JSON.stringify({ event: 'gateway.changed', payload: { revision: 99 } }))
    await overview.says('The host’s answer cannot be understood')
    expect(await opened.page.locator('main').innerText()).toContain('gateway.changed')
    await opened.page.getByRole('button', { name: 'Reload' }).click()
    await overview.says('The gateway is running')
  })

  it('says so when there is no host from the start', async () => {
    const address = host.address()
    await opened.page.goto(host.origin)
    await overview.says('This page needs a fresh address')
    await host.close()
    // The page is loaded already; only its host is gone.
    await opened.page.evaluate((hash) => {
      location.hash = hash
    }, new URL(address).hash)
    await overview.says('The host does not answer')
    await host.open()
    await overview.says('The gateway is running')
  })

  it('is open to everyone without a session and without its host too: axe finds nothing', async () => {
    const { page } = opened
    await page.goto(host.origin)
    await overview.says('This page needs a fresh address')
    expect(await violations(page)).toEqual([])
    await page.goto(host.address())
    await overview.says('The gateway is running')
    await host.close()
    await overview.notice.waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await violations(page)).toEqual([])
    }
  })
})
