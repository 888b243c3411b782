import { afterEach, beforeEach, expect, it } from 'vitest'
import { problem } from '../../shared/problem.ts'
import { manyEntries, scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeInBrowser } from './drivers/each-surface.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'

describeInBrowser([], 'the timeline', (surface) => {
  let open: Scripted | undefined
  let now: number
  let running: ReturnType<typeof scriptedStates>['running']
  beforeEach(() => {
    now = Date.now()
    running = scriptedStates(now).running
  })
  afterEach(async () => {
    expect(open?.faults ?? []).toEqual([])
    await open?.close()
    open = undefined
  })

  it('opens the evidence of an entry by keyboard', async () => {
    open = await openScripted(surface, snapshotOf(running, now))
    const { overview, page } = open
    const row = overview.entry('Gateway ended unexpectedly')
    expect(await row.innerText()).toContain('It ended with signal SIGKILL.')
    await row.getByRole('button').focus()
    await page.keyboard.press('Enter')
    const evidence = row.locator('.evidence')
    await evidence.waitFor()
    const text = await evidence.innerText()
    expect(text).toMatch(/PID\s+47790/)
    expect(text).toMatch(/Ended with\s+signal SIGKILL/)
    expect(text).toContain('answering /health')
    expect(text).toContain('GATEWAY_EXITED')
    await page.keyboard.press('Space')
    await evidence.waitFor({ state: 'detached' })
  })

  it('tells the moment instead of the distance on focus', async () => {
    open = await openScripted(surface, snapshotOf(running, now))
    const row = open.overview.entry('Gateway ready')
    const time = row.locator('time')
    expect(await time.innerText()).toBe('20 min ago')
    await open.page.keyboard.press('Tab') // so that focus counts as the keyboard's
    await row.getByRole('button').focus()
    expect(await time.innerText()).toMatch(/^\d+ \w+ \d{4}, \d\d:\d\d:\d\d$/)
  })

  it('puts new entries on top, once', async () => {
    open = await openScripted(surface, snapshotOf(running, now))
    const { host, overview } = open
    const entry = {
      seq: 11,
      at: Date.now(),
      kind: 'gatewayHung' as const,
      problem: problem('GATEWAY_HUNG', { seconds: 15 }),
      evidence: { pid: 48213 },
    }
    host.append(entry)
    host.append(entry)
    await overview.entry('Gateway no longer answered').waitFor()
    expect(await overview.entries.count()).toBe(11)
    expect(await overview.entries.first().innerText()).toContain('There was no reply for 15 s')
  })

  it('shows earlier pages of ten thousand entries until there are no more, and stays quick', async () => {
    const all = manyEntries(10_000, now)
    open = await openScripted(
      surface,
      snapshotOf(running, now, { timeline: all.slice(0, 8_100) }),
      {},
      all.slice(8_100),
    )
    const { overview, page } = open
    const earlier = page.locator('.timeline-more button')
    expect(await earlier.innerText()).toBe('Show earlier')
    for (let pages = 1; pages <= 10; pages++) {
      // Clicked in the page: what is measured is the list, not the scrolling of the test.
      await earlier.evaluate((button: HTMLButtonElement) => button.click())
      await expect.poll(() => overview.entries.count()).toBe(Math.min(10_000, 8_100 + 200 * pages))
    }
    expect(await earlier.count()).toBe(0)
    // The middle one of sixty frames: a single slow frame may be another program's.
    const frameMs = await page.locator('.frame-page').evaluate(
      (scroller) =>
        new Promise<number>((resolve) => {
          const frames: number[] = []
          let last = performance.now()
          const step = (at: number) => {
            frames.push(at - last)
            last = at
            scroller.scrollTop += 2_000
            if (frames.length < 60) requestAnimationFrame(step)
            else resolve(frames.sort((a, b) => a - b)[30] ?? Number.NaN)
          }
          requestAnimationFrame(step)
        }),
    )
    expect(frameMs).toBeLessThan(60)
  })

  it('asks for nothing earlier than the beginning', async () => {
    open = await openScripted(surface, snapshotOf(running, now))
    expect(await open.overview.entries.count()).toBe(10)
    expect(await open.page.locator('.timeline-more').count()).toBe(0)
  })
})
