import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { violations } from './pages/axe.ts'
import { englishIn, missingGlyphs, spokenText } from './pages/page-text.ts'

const folder = fileURLToPath(new URL('../../dist/screenshots/', import.meta.url))
const shown = ['running', 'starting', 'failed', 'stopped', 'session-required'] as const
const looks = (['light', 'dark'] as const).flatMap((scheme) =>
  (['en', 'zh'] as const).flatMap((language) =>
    ([1280, 360] as const).map((width) => ({ scheme, language, width })),
  ),
)

describeWith(['chromium', 'cjk-font'], 'pictures of the overview', () => {
  let browser: Browser
  const now = Date.now()
  const states = scriptedStates(now)
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  it.each(looks)('$scheme, $language, $width wide', async ({ scheme, language, width }) => {
    for (const state of shown) {
      const isRequired = state === 'session-required'
      const host = new ScriptedHost(snapshotOf(states[isRequired ? 'running' : state], now))
      await host.open()
      const height = width === 360 ? 740 : 900
      const { page, context, faults } = await openPage(browser, { scheme, language, width, height })
      await page.goto(isRequired ? host.origin : host.address())
      await page.locator('h1').waitFor()
      await page.screenshot({ path: `${folder}overview-${state}-${scheme}-${language}-${width}.png` })

      const sideways = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.frame-page')].map(
          (element) => element.scrollWidth - element.clientWidth,
        ),
      )
      expect(sideways.filter((pixels) => pixels > 0)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(
        language === 'zh' ? 'zh-CN' : 'en',
      )
      expect(await missingGlyphs(page), state).toEqual([])
      const spoken = await spokenText(page)
      if (language === 'zh') expect(englishIn(spoken), state).toEqual([])
      else
        expect(
          spoken.filter((text) => /[\u3000-\u9fff\uff00-\uffef]/.test(text)),
          state,
        ).toEqual([])
      // Languages do not differ in what axe looks at: colours, names, roles.
      if (language === 'zh') expect(await violations(page), state).toEqual([])
      expect(faults).toEqual([])
      await context.close()
      await host.close()
    }
  })

  it('sees a missing glyph and a word left in English', async () => {
    const { page, context } = await openPage(browser, { language: 'zh' })
    await page.setContent('<p>网关 \u{e5e6} Moltbot restart <code>npm start</code></p>')
    expect(await missingGlyphs(page)).toEqual(['\u{e5e6}'])
    expect(englishIn(await spokenText(page))).toEqual(['restart'])
    await context.close()
  })
})
