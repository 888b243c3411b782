import { afterAll, afterEach, expect, it } from 'vitest'
import { problem } from '../../shared/problem.ts'
import type { UpdatesView } from '../../shared/updates.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { ScriptedUpdates, somethingNew, undone, upToDate } from '../fixtures/scripted-updates.ts'
import { describeWith } from '../setup/requirements.ts'
import { browserSurface } from './drivers/browser-surface.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'
import { UpdatesPage } from './pages/updates-page.ts'

describeWith(['chromium'], 'updates', () => {
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

  async function show(view: UpdatesView) {
    open = await openScripted(surface, snapshotOf(running, now, { updates: view }))
    const scripted = new ScriptedUpdates(open.host, view)
    const updates = new UpdatesPage(open.page)
    await updates.open()
    return { ...open, updates, scripted }
  }

  it('say first whether there is something new, and when that was asked', async () => {
    const { updates, scripted, host } = await show(upToDate(now))
    await updates.says('Everything is up to date')
    expect(await updates.answer.innerText()).toContain('Looked 1 h ago')
    host.tell('updates', { isChecking: true })
    await updates.says('Looking for updates')
    host.tell('updates', { isChecking: false })
    scripted.tellApp({ problem: problem('UPDATE_SIGNATURE', { url: 'https://x/y', detail: 'none' }) })
    await updates.says('The last check or update did not succeed')
    expect(await updates.app.getByRole('alert').innerText()).toContain('signature is not right')
    await updates.button('Check now').click()
    await expect.poll(() => updates.answer.innerText()).toContain('Looked just now')
    host.tell('updates', somethingNew(now))
    await updates.says('Two updates are available')
  })

  it('say why a copy that is no package cannot update itself', async () => {
    const { updates } = await show({ ...upToDate(now), ...snapshotOf(running, now).updates })
    await updates.says('There is nothing to look for')
    expect(await updates.app.innerText()).toMatch(/cannot update itself[\s\S]*git pull/)
    expect(await updates.button('Check now').count()).toBe(0)
  })

  it('of the application are downloaded, and installed at once, at the next quit, or later', async () => {
    const view = somethingNew(now)
    const { page, host, updates, scripted } = await show({ ...view, gateway: upToDate(now).gateway })
    await updates.says('Moltbot Desktop 0.2.0 is available')
    expect(await updates.app.locator('pre').innerText()).toContain('The log opens in half the time.')
    await updates.button('Download').click()
    await updates.says('Moltbot Desktop 0.2.0 is being downloaded')
    await updates.app.getByText('40%').waitFor()
    await updates.jobs.getByText('Downloading the new version').waitFor()
    scripted.endJob('app.download')
    scripted.tellApp({ state: 'ready' })
    await updates.says('Moltbot Desktop 0.2.0 is ready to be installed')
    expect(await updates.jobs.count()).toBe(0)
    await updates.button('Install on quit').click()
    await updates.app.getByText('It is installed when you quit').waitFor()
    await updates.button('Do not install on quit').click()
    await updates.button('Install now …').click()
    await updates.app.getByText('The gateway is stopped for a moment').waitFor()
    // Enter alone does no harm.
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Install now …')
    expect(scripted.asked).toEqual(['onQuit', 'notOnQuit'])
    await page.keyboard.press('Enter')
    await updates.button('Install and reopen').click()
    await updates.says('Moltbot Desktop 0.2.0 is being installed')
    expect(scripted.asked.at(-1)).toBe('now')
    expect(host.calls.filter((call) => call === 'updates.downloadApp')).toHaveLength(1)
  })

  it('are skipped, and shown again', async () => {
    const view = somethingNew(now)
    const { updates, scripted } = await show({ ...view, gateway: upToDate(now).gateway })
    await updates.button('Skip this version').click()
    await updates.app.getByText('Version 0.2.0 is skipped').waitFor()
    await updates.says('Everything is up to date')
    await updates.button('Show it again').click()
    await updates.says('Moltbot Desktop 0.2.0 is available')
    expect(scripted.asked).toEqual([
      { what: 'app', version: '0.2.0' },
      { what: 'app', version: null },
    ])
  })

  it('of the gateway are installed, switched back from, and removed, each after a question', async () => {
    const view = somethingNew(now)
    const { updates, scripted } = await show({ ...view, app: upToDate(now).app })
    await updates.says('Gateway clawdbot 2026.1.24-3 is available')
    expect(await updates.rows.allInnerTexts()).toMatchObject([
      expect.stringContaining('built-in'),
      expect.stringMatching(/2026\.1\.20\s*in use/),
      expect.stringContaining('2026.1.11'),
    ])
    expect(await updates.rows.nth(1).getByRole('button').count()).toBe(0)
    await updates.button('Use built-in 0.1.0').click()
    await updates.button('Switch').click()
    await updates.gateway.getByText('Checking').first().waitFor()
    expect(await updates.button('Install').getAttribute('aria-disabled')).toBe('true')
    scripted.endJob('gateway.switch')
    scripted.tellGateway({ active: view.gateway.installed[0] ?? view.gateway.active })
    await updates.rows.first().getByText('in use').waitFor()
    await updates.button('Remove clawdbot@2026.1.11').click()
    await updates.button('Remove').click()
    await expect.poll(() => updates.rows.count()).toBe(2)
    await updates.button('Install').click()
    await updates.gateway.getByText('Installing').first().waitFor()
    expect(scripted.asked).toEqual(['built-in', 'clawdbot@2026.1.11', '2026.1.24-3'])
    scripted.endJob('gateway.install')
    scripted.tellGateway({ offer: null, problem: undone })
    await updates.gateway.getByRole('alert').getByText('60 s').waitFor()
  })

  it('are looked for in a package that the owner names, on a channel, by itself or not', async () => {
    const { page, updates, scripted, host } = await show(upToDate(now))
    const field = updates.gateway.locator('input')
    await field.fill('Clawd Bot')
    await updates.gateway.getByText('Enter the name of a package').waitFor()
    await page.keyboard.press('Enter')
    await field.fill('clawdbot')
    await page.keyboard.press('Enter')
    await expect.poll(() => scripted.asked).toEqual([{ followed: 'clawdbot' }])
    // Until the answer is there, the form takes no other order.
    await updates.button('Save').waitFor({ state: 'detached' })
    await field.fill('')
    await page.keyboard.press('Enter')
    await page.getByRole('radio', { name: 'Beta' }).check({ force: true })
    await page.getByRole('switch', { name: 'Look every day' }).uncheck()
    await expect
      .poll(() => scripted.asked.slice(1))
      .toEqual([{ followed: null }, { channel: 'beta' }, { automatic: false }])
    host.refusal = problem('GATEWAY_PACKAGE_UNKNOWN', { name: 'nope', registry: 'https://r/' })
    await field.fill('nope')
    await page.keyboard.press('Enter')
    await updates.gateway.getByRole('alert').waitFor()
    expect(await field.inputValue()).toBe('nope')
  })

  it('keep what was typed while the host had not yet answered', async () => {
    const { page, updates, host } = await show(upToDate(now))
    const usual = host.on['updates.change']
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      host.on['updates.change'] = async (change) => {
        resolve()
        await new Promise<void>((go) => {
          answer = go
        })
        if (!usual) throw new Error('Nothing answers')
        return usual(change)
      }
    })
    const field = updates.gateway.locator('input')
    await field.fill('clawdbot')
    await page.keyboard.press('Enter')
    await asked
    await field.fill('openclaw')
    answer()
    await expect.poll(() => updates.button('Save').getAttribute('aria-disabled')).toBe('false')
    expect(await field.inputValue()).toBe('openclaw')
  })
})
