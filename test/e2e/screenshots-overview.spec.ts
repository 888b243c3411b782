import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { isMixed, judgePicture, looks } from './pages/judge-picture.ts'

const shown = [
  'running',
  'starting',
  'failed',
  'stopped',
  'adopted',
  'serviceFailed',
  'foreign',
  'session-required',
] as const

describeWith(['chromium', 'cjk-font'], 'pictures of the overview', () => {
  let browser: Browser
  const now = Date.now()
  const states = scriptedStates(now)
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  it.each(looks)('overview: $scheme, $language, $width wide', async (look) => {
    const { scheme, language, width } = look
    for (const state of shown) {
      if (state !== 'running' && !isMixed(look)) continue
      const isRequired = state === 'session-required'
      const host = new ScriptedHost(snapshotOf(states[isRequired ? 'running' : state], now))
      await host.open()
      const height = width === 360 ? 740 : 900
      const { page, context, faults } = await openPage(browser, { scheme, language, width, height })
      await page.goto(isRequired ? host.origin : host.address())
      await page.locator('h1').waitFor()
      await judgePicture({ page, faults }, language, `overview-${state}-${scheme}-${language}-${width}`)
      await context.close()
      await host.close()
    }
  })

  it.each(looks.filter(isMixed))('connecting: $scheme, $language, $width wide', async (look) => {
    const { scheme, language, width } = look
    const host = new ScriptedHost(snapshotOf(states.running, now))
    host.snapshotDelayMs = 5_000
    await host.open()
    const { page, context, faults } = await openPage(browser, { scheme, language, width, height: 740 })
    await page.goto(host.address())
    await page.locator('.connecting').waitFor()
    await judgePicture({ page, faults }, language, `connecting-${scheme}-${language}-${width}`)
    await context.close()
    await host.close()
  })
})
