import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { edited, foreignEntry } from '../fixtures/scripted-startup.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { isMixed, judgePicture, looks } from './pages/judge-picture.ts'
import { SettingsPage } from './pages/settings-page.ts'

describeWith(['chromium', 'cjk-font'], 'pictures of launch at login and the service', () => {
  let browser: Browser
  const now = Date.now()
  const running = snapshotOf(scriptedStates(now).running, now)
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  it.each(looks.filter(isMixed))(
    'of others: $scheme, $language, $width wide',
    async ({ scheme, language, width }) => {
      const host = new ScriptedHost({ ...running, loginItem: foreignEntry, service: edited })
      await host.open()
      // As high as the page is long: all of it is to be looked at.
      const opened = await openPage(browser, { scheme, language, width, height: width === 360 ? 2200 : 1500 })
      const { page } = opened
      await page.goto(host.address())
      await new SettingsPage(page).open()
      await page.locator('button[id="login-item-replace"]').click()
      await page.locator('button[id$="-remove"]').click()
      await judgePicture(opened, language, `settings-startup-${scheme}-${language}-${width}`)
      await opened.context.close()
      await host.close()
    },
  )
})
