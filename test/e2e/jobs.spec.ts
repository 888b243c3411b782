import { afterAll, afterEach, expect, it } from 'vitest'
import { problem } from '../../shared/problem.ts'
import type { Look } from '../fixtures/open-page.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { browserSurface } from './drivers/browser-surface.ts'
import { BackupsPage } from './pages/backups-page.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'

describeWith(['chromium'], 'jobs', () => {
  const surface = browserSurface()
  let open: Scripted | undefined
  const now = Date.now()
  const { running } = scriptedStates(now)
  afterAll(() => surface.close())
  afterEach(async () => {
    expect(open?.faults ?? []).toEqual([])
    await open?.close()
    open = undefined
  })

  async function show(look: Look = {}) {
    open = await openScripted(surface, snapshotOf(running, now), look)
    return { ...open, jobs: new BackupsPage(open.page).jobs }
  }

  it('that began elsewhere are seen on every page, and cancelled from there', async () => {
    const { page, host, jobs } = await show()
    host.backups.holdsAt = 'copying'
    host.backups.create({})
    for (const hash of ['#/overview', '#/logs', '#/secrets', '#/settings', '#/backups']) {
      await page.locator(`.frame-nav a[href="${hash}"]`).click()
      await jobs.getByText('Making a backup').waitFor()
    }
    const cancel = jobs.getByRole('button', { name: 'Cancel: Making a backup' })
    await cancel.focus()
    await page.keyboard.press('Enter')
    await jobs.getByText('Backup cancelled').waitFor()
    expect(host.calls).toContain('jobs.cancel')
  })

  it('that failed say why until they are put away, also from the next page', async () => {
    const { page, host, jobs } = await show()
    host.backups.failsWith = problem('BACKUP_WRITE_FAILED', { path: '/media/disk/x', detail: 'ENOSPC' })
    host.backups.create({})
    await jobs.getByText('No backup was made').waitFor()
    expect(await jobs.innerText()).toContain('ENOSPC')
    await page.reload()
    await jobs.getByText('No backup was made').waitFor()
    await jobs.getByRole('button', { name: 'Dismiss' }).click()
    expect(await jobs.count()).toBe(0)
    await page.reload()
    await page.locator('.overview').waitFor()
    expect(await jobs.count()).toBe(0)
  })

  it('have room on a telephone and in a narrow window', async () => {
    const { page, host, jobs } = await show({ width: 360, height: 640 })
    host.backups.holdsAt = 'packing'
    host.backups.create({})
    await jobs.getByText('Making a backup').waitFor()
    for (const width of [360, 700]) {
      await page.setViewportSize({ width, height: 640 })
      const [strip, nav, area] = await Promise.all(
        ['.jobs-strip', '.frame-nav', '.frame-page'].map((part) => page.locator(part).boundingBox()),
      )
      if (!strip || !nav || !area) throw new Error('a part is not drawn')
      expect([strip.x, strip.width]).toEqual([0, width])
      if (width === 360) expect(strip.y + strip.height).toBeLessThanOrEqual(nav.y)
      else expect(strip.y + strip.height).toBeLessThanOrEqual(area.y)
      expect(area.height).toBeGreaterThan(300)
    }
  })
})
