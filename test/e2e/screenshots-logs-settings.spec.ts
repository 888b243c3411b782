import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { aMorning } from '../fixtures/scripted-lines.ts'
import { installed } from '../fixtures/scripted-startup.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { isMixed, judgePicture, looks } from './pages/judge-picture.ts'
import { LogsPage } from './pages/logs-page.ts'
import { englishIn, missingGlyphs, spokenText } from './pages/page-text.ts'
import { SettingsPage } from './pages/settings-page.ts'

describeWith(['chromium', 'cjk-font'], 'pictures of logs and settings', () => {
  let browser: Browser
  const now = Date.now()
  const states = scriptedStates(now)
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  it.each(looks)('settings: $scheme, $language, $width wide', async ({ scheme, language, width }) => {
    const snapshot = snapshotOf(states.running, now)
    const gatewayPort = { next: 19_001, source: 'config' as const, configured: 19_001, problem: null }
    const host = new ScriptedHost({
      ...snapshot,
      settings: { ...snapshot.settings, gatewayPort },
      loginItem: { ...snapshot.loginItem, state: 'on' },
      service: installed,
    })
    await host.open()
    // As high as the page is long: all of it is to be looked at.
    const opened = await openPage(browser, { scheme, language, width, height: width === 360 ? 1960 : 1280 })
    await opened.page.goto(host.address())
    await new SettingsPage(opened.page).open()
    await judgePicture(opened, language, `settings-${scheme}-${language}-${width}`)
    await opened.context.close()
    await host.close()
  })

  it.each(looks)('logs: $scheme, $language, $width wide', async (look) => {
    const { scheme, language, width } = look
    const host = new ScriptedHost(snapshotOf(states.running, now))
    await host.open()
    const height = width === 360 ? 740 : 900
    const opened = await openPage(browser, { scheme, language, width, height })
    const { page } = opened
    const picture = (name: string) =>
      judgePicture(opened, language, `logs-${name}-${scheme}-${language}-${width}`)
    await page.goto(host.address())
    const logs = new LogsPage(page)
    await logs.open()
    await page.locator('.log-nothing').waitFor()
    if (isMixed(look)) await picture('empty')
    host.log.append(...aMorning(now))
    await logs.row('durationMs').waitFor()
    await picture('live')
    if (isMixed(look)) {
      await logs.search.fill('telegram')
      await page.keyboard.press('Enter')
      host.log.append({ text: 'client gone id=c-118', level: 'info', subsystem: 'ws', time: now })
      await logs.jump.waitFor()
      await picture('search')
      await logs.row('cannot send').click()
      await logs.detail.waitFor()
      await picture('detail')
    }
    await opened.context.close()
    await host.close()
  })

  it('sees a missing glyph and a word left in English', async () => {
    const { page, context } = await openPage(browser, { language: 'zh' })
    await page.setContent('<p>网关 \u{e5e6} Moltbot restart <code>npm start</code></p>')
    expect(await missingGlyphs(page)).toEqual(['\u{e5e6}'])
    expect(englishIn(await spokenText(page))).toEqual(['restart'])
    await context.close()
  })
})
