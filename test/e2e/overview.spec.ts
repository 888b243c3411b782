import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { makeHome, type TestHome, until } from '../fixtures/host-under-test.ts'
import { isAlive, processesWith } from '../fixtures/kernel.ts'
import { describeWith } from '../setup/requirements.ts'
import { type RealPage, realBrowser, realWindow } from './drivers/real-surface.ts'
import { OverviewPage } from './pages/overview-page.ts'

const commandLine = resolve(import.meta.dirname, '../../dist/moltbot')

for (const surfaceOf of [realBrowser, realWindow]) {
  const surface = surfaceOf()
  describeWith(['chromium', 'procfs'], `the overview of a real host and gateway, ${surface.name}`, () => {
    let home: TestHome
    let opened: RealPage
    let overview: OverviewPage

    beforeEach(async () => {
      home = await makeHome()
      opened = await surface.open(home)
      overview = new OverviewPage(opened.page)
      await overview.says('The gateway is running')
    })
    afterEach(async () => {
      await opened.leave()
      // Chromium's helpers end a moment after their browser.
      await until(() => processesWith(home.folder).length === 0, 'no process left', 3_000).catch(() => {})
      const left = processesWith(home.folder)
      await home.remove()
      expect(left, 'processes left behind').toEqual([])
    })
    afterAll(() => surface.close())

    const answers = () =>
      fetch(`http://127.0.0.1:${home.gatewayPort}/health`).then(
        (response) => response.ok,
        () => false,
      )
    const shownPid = async () => Number(await overview.fact('PID'))

    it('shows what is so: process, port and version', async () => {
      expect(isAlive(await shownPid())).toBe(true)
      expect(await overview.fact('Port')).toBe(String(home.gatewayPort))
      const health: unknown = await fetch(`http://127.0.0.1:${home.gatewayPort}/health`).then((it) =>
        it.json(),
      )
      expect(health).toMatchObject({ ok: true, status: 'live' })
      expect(await overview.fact('Version')).toMatch(/^\d+\.\d+\.\d+/)
      await overview.entry('Gateway ready').waitFor()
      expect(opened.faults).toEqual([])
    })

    it('stops the process, and starts another one', async () => {
      const pid = await shownPid()
      await overview.button('Stop').click()
      await overview.says('The gateway is stopped')
      expect(isAlive(pid)).toBe(false)
      expect(await answers()).toBe(false)
      await overview.button('Start').click()
      await overview.says('The gateway is running')
      expect(await answers()).toBe(true)
      expect(await shownPid()).not.toBe(pid)
    })

    it('restarts it', async () => {
      const pid = await shownPid()
      await overview.button('Restart').click()
      await until(
        async () =>
          (await overview.headline.innerText()) === 'The gateway is running' && (await shownPid()) !== pid,
        'another pid',
      )
      expect(isAlive(pid)).toBe(false)
      expect(await answers()).toBe(true)
    })

    it('shows the new process after a kill, and tells why', async () => {
      const pid = await shownPid()
      process.kill(pid, 'SIGKILL')
      const row = overview.entry('Gateway ended unexpectedly')
      await row.waitFor()
      expect(await row.innerText()).toContain('It ended with signal SIGKILL.')
      await until(async () => (await shownPid()) > 0 && (await shownPid()) !== pid, 'another pid')
      expect(isAlive(await shownPid())).toBe(true)
      expect(await overview.fact('Crashes')).toBe('1')
    })

    it('follows the command line', async () => {
      const pid = await shownPid()
      const moltbot = (verb: string) => promisify(execFile)(commandLine, ['service', verb], { env: home.env })
      await moltbot('stop')
      expect(isAlive(pid)).toBe(false)
      await overview.says('The gateway is stopped')
      expect(await opened.page.title()).toBe('Stopped · Moltbot')
      await moltbot('start')
      expect(await answers()).toBe(true)
      await overview.says('The gateway is running')
      const { stdout } = await moltbot('status')
      expect(stdout).toContain(`pid ${await shownPid()}`)
    })

    it('samples memory and processor time of the real process', async () => {
      await expect.poll(() => overview.tile('Memory').innerText(), { timeout: 15_000 }).toMatch(/\d+ MB\n/)
      await overview.chart.waitFor({ timeout: 20_000 })
      expect(await overview.chart.getAttribute('aria-label')).toContain('1 start.')
    }, 40_000)
  })
}
