import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { LogsPage } from './pages/logs-page.ts'

describeWith(['chromium'], 'the log over a connection that comes and goes', () => {
  let browser: Browser
  const now = Date.now()
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  it('keeps its lines while the host is away, and reads on from there', async () => {
    const host = new ScriptedHost(snapshotOf(scriptedStates(now).running, now))
    host.log.append({ text: 'before' })
    await host.open()
    const { page, context } = await openPage(browser)
    const logs = new LogsPage(page)
    await page.goto(host.address())
    await logs.open()
    await logs.row('before').waitFor()
    await host.close()
    await page.getByRole('alert').waitFor()
    expect(await logs.inSight()).toEqual(['before'])
    host.log.append({ text: 'meanwhile' })
    await host.open()
    await logs.row('meanwhile').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await logs.inSight()).toEqual(['before', 'meanwhile'])
    await context.close()
    await host.close()
  })

  it('a fresh address pasted into the page of the log opens a session anew', async () => {
    const host = new ScriptedHost(snapshotOf(scriptedStates(now).running, now))
    await host.open()
    const { page, context } = await openPage(browser)
    await page.goto(`${host.origin}/#/logs`)
    await page.getByText('This page needs a fresh address').waitFor()
    await page.goto(host.address())
    await page.getByRole('main', { name: 'Overview' }).waitFor()
    expect(page.url()).toBe(`${host.origin}/`)
    await page.evaluate(() => {
      location.hash = '#/logs'
    })
    await page.getByRole('main', { name: 'Logs' }).waitFor()
    await page.reload()
    await page.getByRole('main', { name: 'Logs' }).waitFor()
    await context.close()
    await host.close()
  })
})
