import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { problem } from '../../shared/problem.ts'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { aReport, someFindings, wellOf } from '../fixtures/scripted-checks.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { HealthPage } from './pages/health-page.ts'
import { isMixed, judgePicture, looks } from './pages/judge-picture.ts'

describeWith(['chromium', 'cjk-font'], 'pictures of health', () => {
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
    const doctor = aReport('doctor', someFindings(now))
    const checks = { revision: 1, isRunning: false, doctor, audit: null }
    const host = new ScriptedHost(snapshotOf(running, now, { checks }))
    await host.open()
    const opened = await openPage(browser, { scheme, language, width, height: width === 360 ? 1300 : 900 })
    const { page } = opened
    const picture = (name: string) => judgePicture(opened, language, `${name}-${scheme}-${language}-${width}`)
    await page.goto(host.address())
    const health = new HealthPage(page)
    await health.open()
    await health
      .finding(isZh ? '凭证或消息' : 'Credentials or messages')
      .locator('.finding-more')
      .click()
    await picture('health')
    if (isMixed(look)) {
      await page.locator('#health-mend').click()
      await health.mend.waitFor()
      await picture('health-mend')
      await page.keyboard.press('Escape')
      const { facts } = doctor.findings.find(({ code }) => code === 'stateFolderOpen') ?? { facts: {} }
      const failed = problem('MEND_FAILED', { path: '/home/ann/.clawdbot/credentials', detail: 'EPERM' })
      host.tell('checks', {
        doctor: aReport('doctor', [...someFindings(now).slice(3), ...wellOf(['port', 'config'])], {
          mended: [
            { code: 'stateFolderOpen', facts, problem: null },
            { code: 'filesOpen', facts: { path: '/home/ann/.clawdbot', count: 2 }, problem: failed },
          ],
        }),
      })
      await page.getByText('EPERM').waitFor()
      await picture('health-mended')
      host.tell('checks', { doctor: aReport('doctor', wellOf()), isRunning: true })
      await page.locator('.well .finding-more').click()
      await page.locator('.check-running').waitFor()
      await page.waitForTimeout(350)
      await picture('health-well')
    }
    await opened.context.close()
    await host.close()
  })
})
