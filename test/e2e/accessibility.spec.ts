import { beforeEach, expect, it } from 'vitest'
import { type ScriptedState, scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeInBrowser } from './drivers/each-surface.ts'
import { violations } from './pages/axe.ts'
import { openScripted } from './pages/scripted-page.ts'

describeInBrowser([], 'access for everyone, by axe', (surface) => {
  const now = Date.now()
  const states = scriptedStates(now)

  const seen: ScriptedState[] = ['running', 'starting', 'stopped', 'degraded', 'backingOff', 'failed']
  it.each(seen)('%s: axe finds nothing, light or dark', async (state) => {
    const open = await openScripted(surface, snapshotOf(states[state], now))
    await open.overview.entries.nth(3).getByRole('button').click()
    for (const colorScheme of ['light', 'dark'] as const) {
      await open.page.emulateMedia({ colorScheme })
      expect(await violations(open.page)).toEqual([])
    }
    await open.close()
  })
})

describeInBrowser([], 'access for everyone', (surface) => {
  let now: number
  let states: ReturnType<typeof scriptedStates>
  beforeEach(() => {
    now = Date.now()
    states = scriptedStates(now)
  })

  it('every act is done by keyboard alone, and the focus is not lost with its button', async () => {
    const open = await openScripted(surface, snapshotOf(states.running, now))
    const { page, host, overview } = open
    host.onAct = (act) => {
      if (act === 'stop') host.change({ state: { name: 'stopped', why: 'requested', since: Date.now() } })
      if (act === 'start') host.change({ state: { ...states.running, since: Date.now() } })
    }
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
      )
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Restart')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Stop')
    await page.keyboard.press('Enter')
    await overview.says('The gateway is stopped')
    await expect.poll(focused).toBe('Start')
    await page.keyboard.press('Space')
    await overview.says('The gateway is running')
    await expect.poll(focused).toBe('Restart')
    expect(host.calls.filter((call) => call.startsWith('gateway.'))).toEqual([
      'gateway.stop',
      'gateway.start',
    ])
    await open.close()
  })

  it('the focus can be seen', async () => {
    const open = await openScripted(surface, snapshotOf(states.running, now))
    await open.page.keyboard.press('Tab')
    for (let presses = 0; presses < 6; presses++) {
      await open.page.keyboard.press('Tab')
      const outline = await open.page.evaluate(() => {
        const element = document.activeElement
        if (!element || element.id === 'page') return 'the page itself'
        const { outlineStyle, outlineWidth } = getComputedStyle(element)
        return `${outlineStyle} ${outlineWidth}`
      })
      expect(outline).toMatch(/^solid 2px$|^the page itself$/)
    }
    await open.close()
  })

  it('nothing moves for who wants no motion', async () => {
    const open = await openScripted(surface, snapshotOf(states.running, now), { reducedMotion: 'reduce' })
    const moving = await open.page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) =>
          getComputedStyle(element)
            .transitionDuration.split(', ')
            .some((duration) => duration !== '0s'),
        ).length,
    )
    expect(moving).toBe(0)
    await open.close()
  })

  it('at 200 % nothing is cut off sideways', async () => {
    // Zooming to 200 % halves the CSS pixels of a 1280 × 800 window.
    const open = await openScripted(surface, snapshotOf(states.failed, now), { width: 640, height: 400 })
    const overflow = await open.page.evaluate(() =>
      ['html', '.frame-page'].map((selector) => {
        const element = document.querySelector(selector)
        return element ? element.scrollWidth - element.clientWidth : Number.NaN
      }),
    )
    expect(overflow).toEqual([0, 0])
    expect(await open.overview.button('Start again').isVisible()).toBe(true)
    await open.close()
  })

  it('secrets and backups: nothing is cut off at 200 %, and every act can be reached and seen', async () => {
    const open = await openScripted(surface, snapshotOf(states.running, now), { width: 640, height: 400 })
    const { page } = open
    for (const name of ['secrets', 'backups']) {
      await page.evaluate((to) => {
        location.hash = `#/${to}`
      }, name)
      await page.locator(`.${name} h1`).waitFor()
      const beyond = await page.locator('.frame-page').evaluate((area) => area.scrollWidth - area.clientWidth)
      expect(beyond).toBe(0)
      const acts = await page.locator('.page button, .page input').count()
      const reached = new Set<string>()
      for (let presses = 0; presses < acts; presses++) {
        await page.keyboard.press('Tab')
        const seen = await page.evaluate(() => {
          const element = document.activeElement
          if (!element?.closest('.page')) return null
          const { outlineStyle, outlineWidth } = getComputedStyle(element)
          const radio = element instanceof HTMLInputElement && element.type === 'radio' ? ':radio' : ''
          const index = [...document.querySelectorAll('.page button, .page input')].indexOf(element)
          return { key: `${index}${radio}`, outline: `${outlineStyle} ${outlineWidth}` }
        })
        if (!seen) break
        expect(seen.outline).toBe('solid 2px')
        reached.add(seen.key)
      }
      // Of a group of radio buttons the Tab key reaches one.
      const groups = await page.locator('.page [role="radiogroup"]').count()
      const radios = await page.locator('.page input[type="radio"]').count()
      expect(reached.size).toBe(acts - radios + groups)
    }
    await open.close()
  })
})
