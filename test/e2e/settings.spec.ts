import { afterEach, expect, it } from 'vitest'
import type { Snapshot } from '../../shared/host-api.ts'
import { problem } from '../../shared/problem.ts'
import type { Look } from '../fixtures/open-page.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeInBrowser, describeOnEachSurface } from './drivers/each-surface.ts'
import type { Surface } from './drivers/surface.ts'
import { violations } from './pages/axe.ts'
import { englishIn, spokenText } from './pages/page-text.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'
import { SettingsPage } from './pages/settings-page.ts'

const light = 'rgb(255, 255, 255)'
const dark = 'rgb(26, 26, 29)'
const now = Date.now()
const { running } = scriptedStates(now)

/** Opens the page on one surface; each spec leaves without a fault. */
function opening(surface: Surface) {
  let open: Scripted | undefined
  afterEach(async () => {
    expect(open?.faults ?? []).toEqual([])
    await open?.close()
    open = undefined
  })

  return async function show(change: Partial<Snapshot['settings']> = {}, look: Look = {}) {
    const snapshot = snapshotOf(running, now)
    open = await openScripted(surface, { ...snapshot, settings: { ...snapshot.settings, ...change } }, look)
    await open.page.emulateMedia({ colorScheme: look.scheme ?? 'light' })
    const settings = new SettingsPage(open.page)
    await settings.open()
    return { ...open, settings }
  }
}

describeOnEachSurface([], 'settings', (surface) => {
  const show = opening(surface)

  it('change the language of the whole page at once', async () => {
    const { page, settings, host } = await show()
    await settings.choice('Language', '简体中文').check()
    await page.locator('h1', { hasText: '设置' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
    expect(await page.title()).toContain('运行中')
    expect(englishIn(await spokenText(page))).toEqual([])
    await page.evaluate(() => {
      location.hash = '#/overview'
    })
    await page.locator('h1', { hasText: '网关运行正常' }).waitFor()
    expect(englishIn(await spokenText(page))).toEqual([])
    // As chosen in the tray: without a word from this page.
    host.set({ settings: { ...host.settings.settings, language: 'en' } })
    await page.locator('h1', { hasText: 'The gateway is running' }).waitFor()
    expect(await page.title()).toContain('Running')
  })

  it('look as last time from the first paint on, before the host has answered', async () => {
    const { page, settings, host } = await show()
    await settings.choice('Theme', 'Dark').check()
    await settings.choice('Language', '简体中文').check()
    await page.locator('h1', { hasText: '设置' }).waitFor()
    await expect.poll(() => settings.background()).toBe(dark)
    host.snapshotDelayMs = 1_500
    await page.reload()
    await page.getByText('正在连接后台程序').waitFor()
    expect(await settings.background()).toBe(dark)
    await page.locator('.settings h1', { hasText: '设置' }).waitFor()
  })

  it('name version and folders, each to be copied', async () => {
    const { page } = await show()
    // The application lets its window write to the clipboard and never read it.
    const isReadable = surface.name === 'browser'
    if (isReadable) await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy State folder' }).click()
    await page.getByRole('button', { name: 'Copied State folder' }).waitFor()
    if (isReadable) {
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('/home/ann/.clawdbot')
    }
  })
})

describeInBrowser([], 'settings', (surface) => {
  const show = opening(surface)

  it.each([
    ['light', 'Dark', light, dark],
    ['dark', 'Light', dark, light],
  ] as const)('change the theme at once, against a %s system', async (scheme, other, own, chosen) => {
    const { settings } = await show({}, { scheme })
    await expect.poll(() => settings.background()).toBe(own)
    await settings.choice('Theme', other).check()
    await expect.poll(() => settings.background()).toBe(chosen)
    await settings.choice('Theme', 'System').check()
    await expect.poll(() => settings.background()).toBe(own)
  })

  it('change the colours of a chart that is drawn already', async () => {
    const { page, host } = await show()
    await page.evaluate(() => {
      location.hash = '#/overview'
    })
    const brightest = () =>
      page.locator('.hour-plot canvas').evaluate((canvas: HTMLCanvasElement) => {
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
        const reds = new Map<number, number>()
        for (let at = 0; at < pixels.length; at += 4) {
          if (pixels[at + 3] === 255) reds.set(pixels[at] ?? 0, (reds.get(pixels[at] ?? 0) ?? 0) + 1)
        }
        return [...reds].sort(([, a], [, b]) => b - a)[0]?.[0] ?? -1
      })
    await page.locator('.hour-plot canvas').waitFor()
    const before = await brightest()
    host.set({ settings: { ...host.settings.settings, theme: 'dark' } })
    await expect.poll(brightest).toBeLessThan(before)
  })

  it('are chosen by keyboard alone', async () => {
    const { page, settings, host } = await show()
    await settings.choice('Language', 'System').focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => host.settings.settings.language).toBe('en')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => host.settings.settings.theme).toBe('dark')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect.poll(() => host.calls).toContain('loginItem.change')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect.poll(() => host.settings.settings.openAtStart).toBe(false)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect.poll(() => host.settings.settings.notifications).toBe(false)
    await page.keyboard.press('Tab')
    await page.keyboard.type('19001')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Save')
    await page.keyboard.press('Enter')
    await expect.poll(() => host.settings.gatewayPort.configured).toBe(19_001)
    expect(await settings.port.evaluate((field) => field === document.activeElement)).toBe(true)
  })

  it('say in place why a change was refused, and show what holds', async () => {
    const { settings, host } = await show()
    host.refusal = problem('INTERNAL', { detail: 'no' })
    await settings.switch('Open').click()
    const row = settings.row('Open')
    await row.getByRole('alert').waitFor()
    expect(await settings.switch('Open').isChecked()).toBe(true)
    expect(await settings.row('Theme').getByRole('alert').count()).toBe(0)
    host.refusal = null
    await settings.switch('Open').click()
    await row.getByRole('alert').waitFor({ state: 'detached' })
    await expect.poll(() => settings.switch('Open').isChecked()).toBe(false)
  })

  it('take a port only on purpose, and only one there is', async () => {
    const { settings, host, page } = await show()
    for (const wrong of ['', '0', '65536', '1e3', 'a', '-1']) {
      await settings.port.fill(wrong)
      await page.keyboard.press('Enter')
      expect(await settings.row('Port').innerText()).toContain('Enter a whole number from 1 to 65535.')
      expect(await settings.port.getAttribute('aria-invalid')).toBe('true')
    }
    await settings.button('Undo').click()
    expect(await settings.port.inputValue()).toBe('18789')
    await settings.port.fill('900')
    expect(await settings.row('Port').innerText()).toContain('Ports below 1024')
    expect(host.calls).not.toContain('settings.setGatewayPort')
    host.refusal = problem('CONFIG_CHANGED_MEANWHILE', { path: '/home/ann/.clawdbot/moltbot.json' })
    await settings.button('Save').click()
    await settings.row('Port').getByRole('alert').waitFor()
    expect(await settings.port.inputValue()).toBe('900')
    host.refusal = null
    await settings.button('Save').click()
    await settings
      .row('Port')
      .getByText('The gateway runs on port 18789. Its next start uses port 900.')
      .waitFor()
    host.onAct = (act) => host.change(act === 'restart' ? { port: 900 } : {})
    await settings.button('Restart').click()
    await settings.row('Port').getByText('The gateway runs on').waitFor({ state: 'detached' })
    await settings.button('Use default 18789').click()
    await expect.poll(() => host.settings.gatewayPort.source).toBe('default')
  })

  it('show a port that something else decides, and who does', async () => {
    const configured = 18_789
    const { settings, host } = await show({
      gatewayPort: { next: 18_789, source: 'MOLTBOT_GATEWAY_PORT', configured, problem: null },
    })
    expect(await settings.port.evaluate((field: HTMLInputElement) => field.readOnly)).toBe(true)
    expect(await settings.row('Port').innerText()).toContain('environment variable MOLTBOT_GATEWAY_PORT')
    host.set({ gatewayPort: { next: null, source: 'CLAWDBOT_GATEWAY_PORT', configured, problem: null } })
    await settings.row('Port').getByText('is not a port from 1 to 65535').waitFor()
    host.set({ gatewayPort: { next: 18_789, source: 'flag', configured, problem: null } })
    await settings.row('Port').getByText('--gateway-port').waitFor()
    const broken = problem('CONFIG_SYNTAX', { path: '/x.json', line: 3, column: 4, detail: 'bad' })
    host.set({ gatewayPort: { next: null, source: 'config', configured: null, problem: broken } })
    await settings.row('Port').getByText('The configuration cannot be read').waitFor()
    expect(await settings.port.count()).toBe(0)
  })

  it('are open to everyone: axe finds nothing, in both themes and languages, also with problems', async () => {
    const { page, settings, host } = await show({
      problem: problem('SETTINGS_SET_ASIDE', { keptAt: '/home/ann/settings.json.old', detail: 'not JSON' }),
    })
    await settings.port.fill('x')
    host.refusal = problem('INTERNAL', { detail: 'no' })
    await settings.switch('Open').click()
    await settings.row('Open').getByRole('alert').waitFor()
    host.refusal = null
    for (const language of ['en', 'zh-CN'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        host.set({ settings: { ...host.settings.settings, language, theme } })
        await expect.poll(() => settings.background()).toBe(theme === 'light' ? light : dark)
        expect(await violations(page), `${language} ${theme}`).toEqual([])
      }
    }
  })

  it.each([
    ['on a phone', { width: 360, height: 740 }],
    ['at 200 %', { width: 640, height: 400 }],
  ])('are not cut off sideways %s', async (_where, size) => {
    const { page, settings } = await show({}, size)
    await settings.port.fill('19001')
    const cutOff = await page.evaluate(() =>
      [...document.querySelectorAll('.frame-page, .segments, .port, .about-fact dd:not(:last-child)')]
        .filter((element) => element.scrollWidth > element.clientWidth)
        .map(({ className }) => className),
    )
    expect(cutOff).toEqual([])
  })
})
