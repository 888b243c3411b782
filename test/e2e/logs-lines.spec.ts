import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostileLines } from '../fixtures/scripted-lines.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeInBrowser } from './drivers/each-surface.ts'
import { LogsPage } from './pages/logs-page.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'

const now = Date.now()

describeInBrowser([], 'a line of the log', (surface) => {
  let open: Scripted
  let logs: LogsPage

  beforeEach(async () => {
    open = await openScripted(surface, snapshotOf(scriptedStates(now).running, now))
    logs = new LogsPage(open.page)
    open.host.log.append(
      ...hostileLines.map((line, index) => ({ ...line, time: now + index })),
      ...Array.from({ length: 5 }, (_none, index) => ({ text: `plain ${index}`, level: 'info' as const })),
    )
    await logs.open()
    await logs.row('plain 4').waitFor()
  })
  afterEach(async () => {
    expect(open.faults).toEqual([])
    await open.close()
  })

  /** What the page would put on the clipboard. */
  const copied = async (act: () => Promise<void>): Promise<string> => {
    await open.page.evaluate(() => {
      Object.assign(globalThis, { copied: null })
      navigator.clipboard.writeText = async (text) => void Object.assign(globalThis, { copied: text })
    })
    await act()
    await expect.poll(() => open.page.evaluate(() => Reflect.get(globalThis, 'copied'))).not.toBeNull()
    return open.page.evaluate(() => Reflect.get(globalThis, 'copied') as string)
  }
  const textOf = (subsystem: string) => logs.row(subsystem).locator('.log-text').innerText()

  it('is text and style: nothing in it acts', async () => {
    expect(await textOf('ansi')).toBe('red bold blue hidden plain')
    const red = logs.row('ansi').locator('[data-colour="red"]')
    expect(await red.innerText()).toBe('red')
    expect(await textOf('link')).toBe('⟨ESC⟩]8;;http://127.0.0.1:9/x⟨ESC⟩\\click me⟨ESC⟩]8;;⟨ESC⟩\\')
    expect(await textOf('return')).toBe('password accepted⟨CR⟩login failed')
    expect(await textOf('backspace')).toBe('abc⟨BS⟩⟨BS⟩⟨BS⟩xyz')
    expect(await textOf('html')).toContain('<img src=x onerror=')
    expect(await open.page.locator('.log-scroll :is(img, a, script, iframe)').count()).toBe(0)
    expect(await textOf('esrever')).toContain('user ⟨U+202E⟩gnp.exe⟨U+202C⟩')
    expect(await textOf('emoji')).toContain('👩‍👩‍👧')
    expect(await textOf('nul')).toBe('nul⟨NUL⟩del⟨DEL⟩c1⟨U+009B⟩31mline⟨U+2028⟩sep')
    expect(await open.page.title()).toBe('Running · Logs · Moltbot')
    const shown = await open.page.locator('.logs').innerText()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  })

  it('cannot reorder the row it is on', async () => {
    const places = await logs
      .row('שלום')
      .evaluate((row) => [...row.children].map((cell) => Math.round(cell.getBoundingClientRect().left)))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).toEqual(
      await logs
        .row('plain 0')
        .evaluate((row) => [...row.children].map((cell) => Math.round(cell.getBoundingClientRect().left))),
    )
  })

  it('stays one cheap row, whatever its length; the detail has all of it', async () => {
    const row = logs.row('begin xxx')
    expect((await row.locator('.log-text').innerText()).length).toBeLessThan(700)
    expect(await row.evaluate((element) => element.getBoundingClientRect().height)).toBe(24)
    await row.click()
    await logs.detail.waitFor()
    const text = await logs.detail.innerText()
    expect(text).toContain('x end')
    expect(text.length).toBeGreaterThan(16_000)
    expect(text).toContain('10 MB more are in the file only')
    expect(text).toContain('/tmp/moltbot/moltbot-2026-01-30.log')
    expect(text).toMatch(/byte [\d,]+, 16 KB long/)
  })

  it('is opened, walked and left by keyboard', async () => {
    const { page } = open
    await logs.list.focus()
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => logs.active.innerText()).toContain('plain 4')
    expect(await logs.list.getAttribute('aria-activedescendant')).toBe(await logs.active.getAttribute('id'))
    await page.keyboard.press('Enter')
    await expect.poll(() => logs.detail.innerText()).toContain('plain 4')
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => logs.detail.innerText()).toContain('plain 3')
    await page.keyboard.press('Home')
    await expect.poll(() => logs.active.innerText()).toContain('red bold blue')
    await page.keyboard.press('Escape')
    await logs.detail.waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await expect.poll(() => logs.active.count()).toBe(0)
  })

  it('keeps its own line breaks in the detail', async () => {
    await logs.row('boom').click()
    await expect
      .poll(() => logs.detail.locator('pre').innerText())
      .toBe('Error: boom\n\tat one (a.ts:1:2)\n\tat two (b.ts:3:4)')
  })

  it('is copied as harmless text, with time, level and part', async () => {
    await logs.row('password accepted').click()
    const one = await copied(() => logs.detail.getByRole('button', { name: 'Copy' }).click())
    expect(one).toBe(`${new Date(now + 3).toISOString()} INFO [return] password accepted⟨CR⟩login failed`)
    await logs.list.focus()
    await open.page.keyboard.press('Shift+ArrowDown')
    const two = await copied(() => open.page.keyboard.press('ControlOrMeta+c'))
    expect(two.split('\n')).toHaveLength(2)
    expect(two).toContain('abc⟨BS⟩⟨BS⟩⟨BS⟩xyz')
    expect(await copied(() => logs.button('Copy 2 lines').click())).toBe(two)
    await open.page.keyboard.press('Escape')
    await logs.list.focus()
    await open.page.keyboard.press('Escape')
    await open.page.keyboard.press('Escape')
    const all = await copied(() => logs.button('Copy all').click())
    expect(all.split('\n')).toHaveLength(hostileLines.length + 5)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(all.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
  })
})
