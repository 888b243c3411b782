import { mkdir } from 'node:fs/promises'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { resolveHostPaths } from '../../host/host-paths.ts'
import { connectToHost } from '../../host/transports/control-client.ts'
import { version } from '../../shared/version.ts'
import { makeHome, type TestHome, until } from '../fixtures/host-under-test.ts'
import { processesWith } from '../fixtures/kernel.ts'
import { describeWith } from '../setup/requirements.ts'
import { type RealPage, realBrowser } from './drivers/real-surface.ts'
import { TerminalPage } from './pages/terminal-page.ts'

describeWith(['chromium', 'procfs'], 'the terminal of a real host, in a browser', () => {
  const surface = realBrowser()
  let home: TestHome
  let open: RealPage | undefined

  beforeEach(async () => {
    home = await makeHome()
    home.env.SHELL = '/bin/sh'
    home.env.PS1 = '$ '
    await mkdir(home.stateDir, { mode: 0o700 })
  })
  afterEach(async () => {
    expect(open?.faults).toEqual([])
    await open?.leave()
    open = undefined
    const left = processesWith(home.folder)
    await home.remove()
    expect(left, 'processes left behind').toEqual([])
  })
  afterAll(() => surface.close())

  it('is off until it is allowed, runs our command, floods, and ends with its page', async () => {
    open = await surface.open(home)
    const { page } = open
    await page.locator('.state-line-word').waitFor()
    const terminal = new TerminalPage(page)
    await terminal.open()
    await page.getByText('The terminal is off in the browser').waitFor()
    const shells = () =>
      processesWith('.terminal-1').filter((pid) => processesWith(home.folder).includes(pid))
    const host = await connectToHost(resolveHostPaths(home.env, '', process.platform))
    await host?.call('terminal.allowInBrowser', { allowed: true })
    await terminal.prompt()
    await terminal.enter('moltbot --version')
    await terminal.screen.getByText(version).waitFor()

    // Far more than is let through unseen: the page says what it has shown, and so it goes on to its end.
    await terminal.enter('seq 1 200000; echo all of it')
    await terminal.screen.getByText('200000').waitFor({ timeout: 20_000 })
    await terminal.enter('yes')
    await terminal.screen.getByText('y', { exact: true }).first().waitFor()
    await page.keyboard.press('Control+C')
    await terminal.enter('stty size')
    await terminal.screen.getByText(/^\d+ \d+ *$/).waitFor()

    expect(shells().length).toBeGreaterThan(1)
    await page.goto('about:blank')
    await until(() => shells().length === 0, 'the shell to end with its page')
    host?.close()
  })
})
