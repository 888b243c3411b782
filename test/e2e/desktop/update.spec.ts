import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { isAlive } from '../../fixtures/kernel.ts'
import { aProgram, sha512, TestFeed } from '../../fixtures/release-feed.ts'
import { describeWith } from '../../setup/requirements.ts'
import { UpdatesPage } from '../pages/updates-page.ts'
import { DesktopHome, trayReads } from './desktop-home.ts'

const main = resolve(import.meta.dirname, '../../fixtures/electron-stand-in/updating-main.ts')

/** A new version that writes down what it finds when it is opened. */
const observer = Buffer.concat([
  Buffer.from(`#!/bin/sh
cd "$MOLTBOT_HOST_DIR/.." || exit 1
{
  [ -L host/shell/SingletonLock ] && echo 'the lock is held' || echo 'the lock is free'
  kill -0 "$(cat gateway-pid)" 2>/dev/null && echo 'the gateway runs' || echo 'the gateway has ended'
  [ -S host/host.sock ] && echo 'the host listens' || echo 'the host has ended'
  echo "APPIMAGE=$APPIMAGE"
} > opened.part
mv opened.part opened
exit 0
`),
  randomBytes(400_000),
])

describeWith(['chromium', 'procfs', 'dbus'], 'the desktop application is updated', () => {
  const desktop = new DesktopHome()
  let feed: TestFeed
  let appImage: string
  const old = aProgram('old', 300_000)
  beforeEach(async () => {
    feed = await TestFeed.open()
    feed.publish(observer, { version: '99.0.0' })
    appImage = join(desktop.home.folder, 'Moltbot.AppImage')
    writeFileSync(appImage, old)
    chmodSync(appImage, 0o755)
  })
  afterEach(() => feed.close())

  /** The application with the new version downloaded, on its page of the updates. */
  async function downloaded() {
    const publicKey = feed.keys.publicKey.export({ type: 'spki', format: 'pem' })
    const app = desktop.start({
      main,
      env: { APPIMAGE: appImage, MOLTBOT_TEST_FEED: JSON.stringify({ feed: feed.url.href, publicKey }) },
    })
    await trayReads(app, 'Running')
    const gateway = await desktop.gatewayPid()
    writeFileSync(join(desktop.home.folder, 'gateway-pid'), String(gateway))
    const updates = new UpdatesPage(await app.page())
    await updates.page.locator('.state-line-word').waitFor()
    await updates.open()
    await updates.button('Check now').click()
    await updates.says('Moltbot Desktop 99.0.0 is available')
    await until(
      async () => (await app.notifications()).some(({ title }) => title.includes('99.0.0')),
      'a notice',
    )
    const tray = await app.tray()
    expect(tray?.menu.map(({ label }) => label)).toContain('↑ Update to 99.0.0 …')
    expect(tray?.tooltip).toContain('99.0.0')
    await updates.button('Download').click()
    await updates.says('is ready to be installed')
    expect(readFileSync(appImage).equals(old)).toBe(true)
    return { app, gateway, updates }
  }
  const inPlace = () => [sha512(readFileSync(appImage)), statSync(appImage).mode & 0o777]

  it('at once: the host ends and the lock is free before the new version opens', async () => {
    const { app, gateway, updates } = await downloaded()
    await updates.button('Install now …').click()
    await updates.button('Install and reopen').click()
    expect(await app.exited).toBe(0)
    await until(
      () => statSync(join(desktop.home.folder, 'opened'), { throwIfNoEntry: false }) !== undefined,
      'it',
    )
    expect(readFileSync(join(desktop.home.folder, 'opened'), 'utf8').trim().split('\n')).toEqual([
      'the lock is free',
      'the gateway has ended',
      'the host has ended',
      'APPIMAGE=',
    ])
    expect(inPlace()).toEqual([sha512(observer), 0o755])
    expect(isAlive(gateway)).toBe(false)
  })

  it('when it is quit, where the owner wants it then; and it is not opened', async () => {
    const { app, gateway, updates } = await downloaded()
    await updates.button('Install on quit').click()
    await updates.app.getByText('It is installed when you quit').waitFor()
    await app.quit('tray')
    expect(await app.exited).toBe(0)
    expect(inPlace()).toEqual([sha512(observer), 0o755])
    expect(isAlive(gateway)).toBe(false)
    expect(statSync(join(desktop.home.folder, 'opened'), { throwIfNoEntry: false })).toBeUndefined()
  })
})
