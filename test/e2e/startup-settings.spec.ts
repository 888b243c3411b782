import { afterEach, expect, it } from 'vitest'
import type { Snapshot } from '../../shared/host-api.ts'
import { ProblemError, problem } from '../../shared/problem.ts'
import { foreignEntry, installed } from '../fixtures/scripted-startup.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeInBrowser } from './drivers/each-surface.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'
import { SettingsPage } from './pages/settings-page.ts'

describeInBrowser([], 'launch at login and service in the settings', (surface) => {
  let open: Scripted | undefined
  const now = Date.now()
  const { running } = scriptedStates(now)
  afterEach(async () => {
    expect(open?.faults ?? []).toEqual([])
    await open?.close()
    open = undefined
  })

  async function show(change: Partial<Pick<Snapshot, 'loginItem' | 'service'>> = {}) {
    open = await openScripted(surface, { ...snapshotOf(running, now), ...change })
    const settings = new SettingsPage(open.page)
    await settings.open()
    return {
      ...open,
      settings,
      login: settings.row('Launch at login'),
      service: settings.row('as a service'),
    }
  }

  it('look at the operating system again whenever the page opens', async () => {
    const { host, page, settings, login } = await show()
    await expect.poll(() => host.calls).toContain('loginItem.look')
    expect(host.calls).toContain('service.look')
    expect(await settings.switch('Launch at login').isChecked()).toBe(false)
    host.on['loginItem.look'] = () => host.tell('loginItem', { state: 'on' })
    await page.evaluate(() => {
      location.hash = '#/overview'
    })
    await page.locator('.settings').waitFor({ state: 'detached' })
    await settings.open()
    await expect.poll(() => settings.switch('Launch at login').isChecked()).toBe(true)
    await login.getByText('/home/ann/.config/autostart/').waitFor()
  })

  it('switch launch at login, and show what holds where it was refused', async () => {
    const { host, settings, login } = await show()
    const asked: unknown[] = []
    host.on['loginItem.change'] = (change) => {
      asked.push(change)
      return host.tell('loginItem', { state: change.on ? 'on' : 'off' })
    }
    await settings.switch('Launch at login').click()
    await login.getByText('The entry is').waitFor()
    host.on['loginItem.change'] = () => {
      throw new ProblemError(
        problem('LOGIN_ITEM_NOT_WRITTEN', { path: '/home/ann/x.desktop', detail: 'EROFS' }),
      )
    }
    await settings.switch('Launch at login').click()
    await login.getByRole('alert').getByText('EROFS').waitFor()
    await expect.poll(() => settings.switch('Launch at login').isChecked()).toBe(true)
    expect(asked).toEqual([{ on: true, replace: false }])
  })

  it('replace an entry of somebody else only once that was confirmed', async () => {
    const { host, login, page } = await show({ loginItem: foreignEntry })
    const asked: unknown[] = []
    host.on['loginItem.change'] = (change) => {
      asked.push(change)
      return host.tell('loginItem', { state: 'on', problem: null })
    }
    expect(await login.getByRole('switch').count()).toBe(0)
    await login.getByRole('button', { name: 'Replace …' }).click()
    expect(await login.innerText()).toContain('/opt/other/moltbot --hidden')
    await page.keyboard.press('Enter') // Cancel has the focus
    expect(asked).toEqual([])
    await login.getByRole('button', { name: 'Replace …' }).click()
    await login.getByRole('button', { name: 'Replace the entry' }).click()
    await login.getByRole('switch').waitFor()
    expect(asked).toEqual([{ on: true, replace: true }])
  })

  it('explain the service, install it and remove it', async () => {
    const { host, service, page } = await show()
    host.on['service.install'] = () => host.tell('service', installed)
    host.on['service.uninstall'] = () =>
      host.tell('service', { file: 'absent', active: 'unloaded', pid: null, enabled: false })
    await service.getByRole('button', { name: 'Install …' }).click()
    await service.getByText('is stopped here and started again as a service of systemd').waitFor()
    await service.getByRole('button', { name: 'Install the service' }).click()
    await service.getByText('Running (PID 4711)').waitFor()
    await service.getByText('loginctl enable-linger').waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await expect.poll(focused).toBe('Remove …')
    await service.getByRole('button', { name: 'Remove …' }).click()
    await service.getByRole('button', { name: 'Remove the service' }).click()
    await service.getByRole('button', { name: 'Install …' }).waitFor()
    expect(host.calls.filter((call) => call.startsWith('service.') && call !== 'service.look')).toEqual([
      'service.install',
      'service.uninstall',
    ])
  })

  it('say why an installation was taken back', async () => {
    const { host, service } = await show()
    host.on['service.install'] = () => {
      const detail = 'it ended with exit code 1'
      throw new ProblemError(problem('SERVICE_NOT_WELL', { unit: 'moltbot-gateway.service', detail }))
    }
    await service.getByRole('button', { name: 'Install …' }).click()
    await service.getByRole('button', { name: 'Install the service' }).click()
    await service.getByRole('alert').getByText('it ended with exit code 1').waitFor()
    expect(await service.getByRole('button', { name: 'Install …' }).count()).toBe(1)
  })
})
