import { afterEach, beforeEach, expect, it } from 'vitest'
import { aMorning } from '../fixtures/scripted-lines.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeInBrowser } from './drivers/each-surface.ts'
import { violations } from './pages/axe.ts'
import { LogsPage } from './pages/logs-page.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'

const now = Date.now()

describeInBrowser([], 'the log, for everyone', (surface) => {
  let open: Scripted
  let logs: LogsPage

  beforeEach(async () => {
    open = await openScripted(surface, snapshotOf(scriptedStates(now).running, now))
    logs = new LogsPage(open.page)
    open.host.log.append(
      ...aMorning(now),
      ...[31, 32, 33, 34, 35, 36, 90, 97].map((code) => ({
        text: `\u001b[${code}mcolour ${code}\u001b[0m \u001b[2;${code}mdim\u001b[0m`,
        level: 'info' as const,
      })),
    )
    await logs.open()
    await logs.row('colour 97').waitFor()
  })
  afterEach(async () => {
    expect(open.faults).toEqual([])
    await open.close()
  })

  it.each(['light', 'dark'] as const)(
    'axe finds nothing at rest, searched, selected, paused or cleared: %s',
    async (colorScheme) => {
      const { page } = open
      await page.emulateMedia({ colorScheme })
      const clean = async () => {
        // A button under the pointer takes its time to change its background.
        await page.mouse.move(0, 0)
        expect(await violations(page)).toEqual([])
      }
      await clean()
      await logs.search.fill('colour')
      await expect.poll(() => logs.found.innerText()).toBe('8 matches')
      await logs.row('colour 35').click()
      await logs.detail.waitFor()
      await logs.level('Trace').click()
      await logs.button('Pause').click()
      await logs.list.focus()
      await page.keyboard.press('ControlOrMeta+a')
      await clean()
      await logs.button('Resume').click()
      await logs.button('Clear').click()
      await page.getByText('No line to show').waitFor()
      await clean()
    },
  )

  it('says where a row is in the whole, and does not read out what arrives', async () => {
    const last = logs.row('colour 97')
    expect([await last.getAttribute('aria-posinset'), await last.getAttribute('aria-setsize')]).toEqual([
      '128',
      '128',
    ])
    const live = await logs.list.evaluate((list) =>
      list.closest('[aria-live], [role="log"], [role="status"]'),
    )
    expect(live).toBeNull()
  })

  it('fits 360 px and 200 %: nothing is cut off sideways, and the rows are there', async () => {
    const { page } = open
    for (const [width, height] of [
      [360, 740],
      [640, 400],
    ] as const) {
      await page.setViewportSize({ width, height })
      await logs.row('colour 97').waitFor()
      const overflow = await page.evaluate(() =>
        ['html', '.frame-page', '.log-scroll'].map((selector) => {
          const element = document.querySelector(selector)
          return element ? element.scrollWidth - element.clientWidth : Number.NaN
        }),
      )
      expect(overflow).toEqual([0, 0, 0])
      expect(await logs.button('Pause').isVisible()).toBe(true)
      expect((await logs.inSight()).length).toBeGreaterThan(2)
    }
  })

  it('the focus can be seen on everything that takes it', async () => {
    const { page } = open
    await page.locator('.skip').focus()
    const seen = new Set<string>()
    for (let presses = 0; presses < 24; presses++) {
      await page.keyboard.press('Tab')
      seen.add(
        await page.evaluate(() => {
          const element = document.activeElement
          if (!element || element === document.body || element.id === 'page') return 'solid 2px'
          const marked = element.closest('.log-search-field, .log-scroll:has(:focus-visible)') ?? element
          const { outlineStyle, outlineWidth } = getComputedStyle(
            element.matches('.log-lines, input') ? marked : element,
          )
          return `${outlineStyle} ${outlineWidth}`
        }),
      )
    }
    expect([...seen]).toEqual(['solid 2px'])
  })
})
