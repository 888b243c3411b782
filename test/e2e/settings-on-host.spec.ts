import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { freePort, HostUnderTest, makeHome, reaches, type TestHome } from '../fixtures/host-under-test.ts'
import { holdsPort, isAlive, processesWith } from '../fixtures/kernel.ts'
import { launchChromium, type OpenPage, openPage } from '../fixtures/open-page.ts'
import { describeWith } from '../setup/requirements.ts'
import { violations } from './pages/axe.ts'
import { SettingsPage } from './pages/settings-page.ts'

const realGateway = [process.execPath, resolve(import.meta.dirname, '../../gateway/cli/main.ts'), 'gateway']

describeWith(['chromium', 'procfs'], 'the settings of a real host', () => {
  let browser: Browser
  let home: TestHome
  let host: HostUnderTest
  let opened: OpenPage
  let settings: SettingsPage

  beforeAll(async () => {
    browser = await launchChromium()
  })
  beforeEach(async () => {
    home = await makeHome()
    await mkdir(home.stateDir, { mode: 0o700 })
    // Else the default would be asked for, which may be the port of a gateway that is in use.
    await writeFile(join(home.stateDir, 'moltbot.json'), `{ gateway: { port: ${home.gatewayPort} } }`)
  })
  afterEach(async () => {
    expect(opened.faults).toEqual([])
    await opened.context.close()
    await host.leave()
    const left = processesWith(home.folder)
    await home.remove()
    expect(left, 'processes left behind').toEqual([])
  })
  afterAll(() => browser.close())

  async function begin(): Promise<void> {
    host = HostUnderTest.startByConfiguration(home, realGateway)
    opened = await openPage(browser, { scheme: 'light' })
    settings = new SettingsPage(opened.page)
    await opened.page.goto(await host.link())
    await opened.page.locator('.state-line-word').waitFor()
    await settings.open()
  }

  it('a port that was saved is in the configuration, and in force after a restart', async () => {
    const configPath = join(home.stateDir, 'moltbot.json')
    const text = `// The only gateway of this house.\n{\n  gateway: {\n    port: ${home.gatewayPort}, // ours\n    auth: { token: '$\{HOUSE_TOKEN}' },\n  },\n}\n`
    await writeFile(configPath, text, { mode: 0o600 })
    await writeFile(join(home.stateDir, '.env'), 'HOUSE_TOKEN=0123456789abcdef0123456789abcdef\n', {
      mode: 0o600,
    })
    await begin()
    const connection = await host.connect()
    const { state: before } = await reaches(connection, 'running')
    if (before.name !== 'running') throw new Error(before.name)
    expect(holdsPort(before.pid, home.gatewayPort)).toBe(true)

    const next = await freePort()
    await settings.port.fill(String(next))
    await opened.page.keyboard.press('Enter')
    await settings.row('Port').getByText(`Its next start uses port ${next}.`).waitFor()
    expect(await readFile(configPath, 'utf8')).toBe(text.replace(String(home.gatewayPort), String(next)))
    expect(holdsPort(before.pid, home.gatewayPort)).toBe(true)

    await settings.button('Restart').click()
    await settings.row('Port').getByText('Its next start').waitFor({ state: 'detached' })
    const { state: after, port } = await reaches(connection, 'running')
    if (after.name !== 'running') throw new Error(after.name)
    expect(port).toBe(next)
    expect(isAlive(before.pid)).toBe(false)
    expect(holdsPort(after.pid, next)).toBe(true)
    expect(holdsPort(after.pid, home.gatewayPort)).toBe(false)
    connection.close()
  })

  it('without its host, nothing can be chosen; axe finds nothing', async () => {
    await begin()
    await host.leave()
    await opened.page.getByRole('alert').getByText('The connection').waitFor()
    expect(await settings.switch('Open').isDisabled()).toBe(true)
    expect(await settings.port.isDisabled()).toBe(true)
    expect(await violations(opened.page)).toEqual([])
    // The browser's own words about the host that has gone.
    opened.faults.length = 0
  })

  it('what was chosen outlives the host, and a damaged file is kept', async () => {
    await begin()
    await settings.choice('Theme', 'Dark').check()
    await expect.poll(() => settings.background()).toBe('rgb(26, 26, 29)')
    await settings.choice('Language', '简体中文').check()
    await opened.page.locator('h1', { hasText: '设置' }).waitFor()
    await opened.context.close()
    await host.leave()
    const path = join(home.hostDir, 'settings.json')
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ theme: 'dark', language: 'zh-CN' })

    await begin()
    await opened.page.locator('h1', { hasText: '设置' }).waitFor()
    expect(await settings.background()).toBe('rgb(26, 26, 29)')
    await opened.context.close()
    await host.leave()

    await writeFile(path, '{"theme": "da')
    await begin()
    await opened.page.getByRole('alert').getByText('Your settings could not be read').waitFor()
    expect(await settings.background()).toBe('rgb(255, 255, 255)')
    const kept = (await readdir(home.hostDir)).filter((name) => name.startsWith('settings.json.'))
    expect(kept).toHaveLength(1)
    expect(await readFile(join(home.hostDir, String(kept[0])), 'utf8')).toBe('{"theme": "da')
  })
})
