import { expect, it } from 'vitest'
import { canary } from '../fixtures/canary.ts'
import { HostUnderTest, makeHome, reaches } from '../fixtures/host-under-test.ts'
import { KeyringSession } from '../fixtures/keyring-session.ts'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { commandLine } from '../integration/gateway/gateway-process.ts'
import { describeWith } from '../setup/requirements.ts'

describeWith(['chromium', 'procfs', 'gnome-keyring'], 'a secret in a real keychain', () => {
  it('is in nothing that the browser is sent, and on no page', async () => {
    const keyring = await KeyringSession.start('unlocked')
    const made = await makeHome()
    const { MOLTBOT_KEYCHAIN: _none, ...own } = made.env
    const { DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR } = keyring.env
    const home = { ...made, env: { ...own, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR } }
    const host = HostUnderTest.start(home, [], [process.execPath, commandLine, 'gateway'])
    const browser = await launchChromium()
    try {
      const connection = await host.connect()
      await reaches(connection, 'running')
      const { page } = await openPage(browser)
      const received: Buffer[] = []
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => received.push(Buffer.from(payload))),
      )
      await page.goto(await host.link())
      await page.locator('.frame-nav').waitFor()
      const key = canary('page')
      const set = await connection.call('secrets.set', { name: 'ANTHROPIC_API_KEY', value: key.value })
      expect(set.ok).toBe(true)
      const seen: string[] = []
      for (const name of ['secrets', 'backups', 'logs', 'settings', 'overview']) {
        await page.locator(`.frame-nav a[href="#/${name}"]`).click()
        await page.locator('main h1, main .logs, main .overview').first().waitFor()
        if (name === 'secrets') await page.getByText('ANTHROPIC_API_KEY').first().waitFor()
        seen.push(await page.content())
      }
      const frames = Buffer.concat(received)
      expect(frames.includes('ANTHROPIC_API_KEY'), 'the name was told').toBe(true)
      expect(key.findIn(frames)).toBeNull()
      expect(key.findIn(Buffer.from(seen.join('\n')))).toBeNull()
      connection.close()
    } finally {
      await browser.close()
      await host.leave()
      await keyring.stop()
      await made.remove()
    }
  })
})
