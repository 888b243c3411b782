import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ScriptedLine } from '../fixtures/scripted-lines.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeInBrowser } from './drivers/each-surface.ts'
import { LogsPage } from './pages/logs-page.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'

const now = Date.now()
const { running, stopped } = scriptedStates(now)
const numbered = (from: number, count: number): ScriptedLine[] =>
  Array.from({ length: count }, (_none, index) => ({
    text: `line ${from + index}`,
    level: (['info', 'warn', 'error', null] as const)[(from + index) % 4] ?? null,
    subsystem: 'gateway',
    time: now + from + index,
  }))

describeInBrowser([], 'the log', (surface) => {
  let open: Scripted
  let logs: LogsPage

  beforeEach(async () => {
    open = await openScripted(surface, snapshotOf(running, now))
    logs = new LogsPage(open.page)
  })
  afterEach(async () => {
    expect(open.faults).toEqual([])
    await open.close()
  })

  const lastInSight = async () => (await logs.inSight()).at(-1)
  /** Once more than this many frames have passed, what was going to move has moved. */
  const settled = () => open.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)))

  it('shows the newest lines and follows as more come', async () => {
    open.host.log.append(...numbered(0, 5_000))
    await logs.open()
    await expect.poll(lastInSight).toBe('line 4999')
    open.host.log.append(...numbered(5_000, 3))
    await expect.poll(lastInSight).toBe('line 5002')
    expect(await logs.footer.innerText()).toMatch(/2,003 lines[\s\S]*Following/)
    expect(await logs.rows.count(), 'rows drawn').toBeLessThan(60)
    expect(await open.page.title()).toBe('Running · Logs · Moltbot')
  })

  it('stands still for who scrolls up, counts what is new, and jumps there', async () => {
    open.host.log.append(...numbered(0, 1_000))
    await logs.open()
    await expect.poll(lastInSight).toBe('line 999')
    await logs.wheel(-600)
    await logs.jump.waitFor()
    await settled()
    const before = await logs.inSight()
    for (let from = 1_000; from < 4_000; from += 500) open.host.log.append(...numbered(from, 500))
    await expect.poll(() => logs.jump.innerText()).toBe('3,000 new lines')
    expect(await logs.inSight()).toEqual(before)
    await logs.jump.click()
    await expect.poll(lastInSight).toBe('line 3999')
    expect(await logs.jump.count()).toBe(0)
  })

  it('follows again once scrolled to the end', async () => {
    open.host.log.append(...numbered(0, 500))
    await logs.open()
    await logs.wheel(-600)
    await logs.jump.waitFor()
    await logs.wheel(5_000)
    await expect.poll(() => logs.jump.count()).toBe(0)
    open.host.log.append({ text: 'after' })
    await expect.poll(lastInSight).toBe('after')
  })

  it('pauses: reads on, but nothing moves', async () => {
    open.host.log.append(...numbered(0, 100))
    await logs.open()
    await expect.poll(lastInSight).toBe('line 99')
    await logs.button('Pause').click()
    const before = await logs.inSight()
    open.host.log.append(...numbered(100, 50))
    await expect.poll(() => logs.jump.innerText()).toBe('50 new lines')
    expect(await logs.inSight()).toEqual(before)
    expect(await logs.footer.innerText()).toContain('Paused')
    await logs.button('Resume').click()
    await expect.poll(lastInSight).toBe('line 149')
  })

  it('loads earlier lines to the beginning of the file without a jump', async () => {
    open.host.log.append(...numbered(0, 5_000))
    await logs.open()
    await expect.poll(lastInSight).toBe('line 4999')
    await logs.toTop()
    await expect.poll(() => logs.footer.innerText()).toContain('4,000 lines')
    // One row of theirs has come into sight where the button was; the line that was on top is still there.
    expect((await logs.inSight()).slice(0, 2)).toEqual(['line 2999', 'line 3000'])
    await logs.toTop()
    await expect.poll(() => logs.footer.innerText()).toContain('5,000 lines')
    await logs.toTop()
    await open.page.getByText('Beginning of the file').waitFor()
    expect((await logs.inSight())[0]).toBe('line 0')
  })

  it('holds a hundred thousand lines at most, and every one can be reached', async () => {
    for (let from = 0; from < 130_000; from += 10_000) open.host.log.append(...numbered(from, 10_000))
    await logs.open()
    await expect.poll(lastInSight).toBe('line 129999')
    const held = async () =>
      Number((await logs.footer.innerText()).match(/^([\d,]+) lines/)?.[1]?.replace(',', '') ?? Number.NaN)
    const deadline = Date.now() + 40_000
    while ((await open.page.getByText('Beginning of the file').count()) === 0) {
      expect(Date.now()).toBeLessThan(deadline)
      await logs.toTop()
      expect(await held()).toBeLessThanOrEqual(100_000)
    }
    await logs.toTop()
    await expect.poll(async () => (await logs.inSight())[0]).toBe('line 0')
    expect(await held()).toBe(100_000)
    await logs.jump.click()
    await expect.poll(lastInSight).toBe('line 129999')
    expect(await held()).toBeLessThanOrEqual(2_000)
  })

  it('filters by level, lines without one apart', async () => {
    open.host.log.append(...numbered(0, 40))
    await logs.open()
    await logs.level('Error').getByText('10', { exact: true }).waitFor()
    await logs.level('Info').click()
    await logs.level('Warning').click()
    await logs.level('Other').click()
    await expect
      .poll(() => logs.inSight())
      .toEqual(
        numbered(0, 40)
          .filter(({ level }) => level === 'error')
          .map(({ text }) => text),
      )
    expect(await logs.level('Info').getAttribute('aria-pressed')).toBe('false')
    expect(await logs.footer.innerText()).toContain('10 of 40 lines')
    open.host.log.append(...numbered(40, 4))
    await expect.poll(lastInSight).toBe('line 42')
    await logs.level('Error').click()
    await open.page.getByText('No line to show').waitFor()
    await logs.button('Show all lines').click()
    await expect.poll(lastInSight).toBe('line 43')
  })

  it('finds text: marks it, goes from match to match, shows matches only', async () => {
    const { page, host } = open
    host.log.append(...numbered(0, 3_000))
    await logs.open()
    await expect.poll(lastInSight).toBe('line 2999')
    await page.keyboard.press('ControlOrMeta+f')
    await page.keyboard.type('LINE 150')
    // Of the last two thousand: 1500 to 1509.
    await expect.poll(() => logs.found.innerText()).toBe('10 matches')
    await page.keyboard.press('Enter')
    await expect.poll(() => logs.found.innerText()).toBe('10 of 10')
    await page.keyboard.press('Enter')
    await expect.poll(() => logs.found.innerText()).toBe('1 of 10')
    await expect.poll(() => logs.active.innerText()).toContain('line 1500')
    expect(await logs.active.locator('mark').innerText()).toBe('line 150')
    await page.keyboard.press('Shift+Enter')
    await expect.poll(() => logs.active.innerText()).toContain('line 1509')
    await logs.button('Matches only').click()
    await expect.poll(async () => (await logs.inSight()).length).toBe(10)
    await logs.search.focus()
    await page.keyboard.press('Escape')
    await expect.poll(() => logs.footer.innerText()).toContain('2,000 lines')
    expect(await logs.search.inputValue()).toBe('')
  })

  it('clears the view only, and shows again', async () => {
    open.host.log.append(...numbered(0, 30))
    await logs.open()
    await logs.row('line 29').waitFor()
    await logs.button('Clear').click()
    await open.page.getByText('The view was cleared.').waitFor()
    open.host.log.append({ text: 'new' })
    await expect.poll(() => logs.inSight()).toEqual(['new'])
    expect(await logs.footer.innerText()).toContain('30 lines are cleared from the view.')
    await logs.button('Show again').first().click()
    await expect.poll(async () => (await logs.inSight()).length).toBeGreaterThan(20)
  })

  it('says what will appear where there is nothing yet', async () => {
    await open.close()
    open = await openScripted(surface, snapshotOf(stopped, now))
    logs = new LogsPage(open.page)
    await logs.open()
    await open.page.getByText('No lines yet').waitFor()
    await logs.button('Start').click()
    await expect.poll(() => open.host.calls).toContain('gateway.start')
    open.host.log.append({ text: 'first' })
    await expect.poll(lastInSight).toBe('first')
    expect(await logs.footer.innerText()).toContain('The gateway is not running; these are its last lines.')
  })

  it('finds the log as it was left, on coming back', async () => {
    open.host.log.append(...numbered(0, 1_000))
    await logs.open()
    await expect.poll(lastInSight).toBe('line 999')
    await logs.wheel(-3_000)
    await logs.jump.waitFor()
    await settled()
    const before = await logs.inSight()
    await open.page.goBack()
    await open.overview.says('The gateway is running')
    open.host.log.append(...numbered(1_000, 5))
    await open.page.goForward()
    await expect.poll(() => logs.inSight()).toEqual(before)
    await expect.poll(() => logs.jump.innerText()).toBe('5 new lines')
  })
})
