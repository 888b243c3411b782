import { afterEach, beforeEach, expect, it } from 'vitest'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeOnEachSurface } from './drivers/each-surface.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'

const now = Date.now()

describeOnEachSurface([], 'going from page to page', (surface) => {
  let open: Scripted

  beforeEach(async () => {
    open = await openScripted(surface, snapshotOf(scriptedStates(now).running, now))
  })
  afterEach(async () => {
    expect(open.faults).toEqual([])
    await open.close()
  })

  const main = () => open.page.getByRole('main')
  const link = (name: string) => open.page.getByRole('navigation').getByRole('link', { name })
  const current = () => open.page.locator('.frame-nav [aria-current="page"]').innerText()
  const focused = () => open.page.evaluate(() => document.activeElement?.id)

  it('by link, back and forward: page, mark, title and focus', async () => {
    const { page } = open
    expect(await current()).toBe('Overview')
    expect(await page.title()).toBe('Running · Moltbot')
    await link('Logs').click()
    await page.getByRole('main', { name: 'Logs' }).waitFor()
    expect([await current(), await page.title(), await focused()]).toEqual([
      'Logs',
      'Running · Logs · Moltbot',
      'page',
    ])
    await link('Settings').click()
    await page.getByRole('main', { name: 'Settings' }).waitFor()
    expect([await current(), await page.title()]).toEqual(['Settings', 'Running · Settings · Moltbot'])
    await page.goBack()
    await page.getByRole('main', { name: 'Logs' }).waitFor()
    await page.goBack()
    await page.getByRole('main', { name: 'Overview' }).waitFor()
    await page.goForward()
    await page.getByRole('main', { name: 'Logs' }).waitFor()
    expect(await current()).toBe('Logs')
  })

  it('an address that names no page shows the first one', async () => {
    await open.page.evaluate(() => {
      location.hash = '#/logs'
    })
    await open.page.getByRole('main', { name: 'Logs' }).waitFor()
    for (const hash of ['#/nowhere', '#page', '#/', '#']) {
      await open.page.evaluate((to) => {
        location.hash = to
      }, hash)
      await open.page.getByRole('main', { name: 'Overview' }).waitFor()
      expect(await main().count()).toBe(1)
    }
  })

  it('the skip link goes to the content and leaves the page as it is', async () => {
    await link('Logs').click()
    await open.page.getByRole('main', { name: 'Logs' }).waitFor()
    await open.page.locator('.skip').focus()
    await open.page.keyboard.press('Enter')
    expect(await focused()).toBe('page')
    await open.page.getByRole('main', { name: 'Logs' }).waitFor()
  })

  it('each page is found where it was left', async () => {
    const { page } = open
    await page.setViewportSize({ width: 900, height: 400 })
    await main().evaluate((element) => {
      element.scrollTop = 300
    })
    await link('Logs').click()
    await page.getByRole('main', { name: 'Logs' }).waitFor()
    await link('Overview').click()
    await page.getByRole('main', { name: 'Overview' }).waitFor()
    await expect.poll(() => main().evaluate((element) => element.scrollTop)).toBe(300)
  })
})
