import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { ScriptedUpdates, somethingNew, undone, upToDate } from '../fixtures/scripted-updates.ts'
import { describeWith } from '../setup/requirements.ts'
import { isMixed, judgePicture, looks } from './pages/judge-picture.ts'
import { UpdatesPage } from './pages/updates-page.ts'

describeWith(['chromium', 'cjk-font'], 'pictures of updates', () => {
  let browser: Browser
  const now = Date.now()
  const { running } = scriptedStates(now)
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  it.each(looks)('$scheme, $language, $width wide', async (look) => {
    const { scheme, language, width } = look
    const isZh = language === 'zh'
    const first = somethingNew(now)
    const host = new ScriptedHost(snapshotOf(running, now, { updates: first }))
    const scripted = new ScriptedUpdates(host, first)
    await host.open()
    const opened = await openPage(browser, { scheme, language, width, height: width === 360 ? 1500 : 1100 })
    const picture = (name: string) => judgePicture(opened, language, `${name}-${scheme}-${language}-${width}`)
    await opened.page.goto(host.address())
    const updates = new UpdatesPage(opened.page)
    await updates.open()
    await updates.rows.nth(2).waitFor()
    await picture('updates')
    if (isMixed(look)) {
      scripted.tellApp({ state: 'ready', installOnQuit: true })
      await updates.button(isZh ? '立即安装…' : 'Install now …').click()
      await updates.button(isZh ? '移除 clawdbot@2026.1.11' : 'Remove clawdbot@2026.1.11').click()
      await updates.app.locator('.confirm').waitFor()
      await picture('updates-ready')
      scripted.tellApp({ state: 'idle', offer: null })
      scripted.tellGateway({ offer: null, problem: undone })
      await updates.gateway.getByRole('alert').waitFor()
      await picture('updates-undone')
      host.tell('updates', { ...upToDate(now), app: snapshotOf(running, now).updates.app })
      await updates.app.locator('code').first().waitFor()
      await picture('updates-unpackaged')
    }
    await opened.context.close()
    await host.close()
  })
})
