import { afterEach, beforeEach, expect, it } from 'vitest'
import { problem } from '../../shared/problem.ts'
import { type ScriptedState, scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeInBrowser } from './drivers/each-surface.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'

describeInBrowser([], 'the overview of each state', (surface) => {
  let open: Scripted | undefined
  let now: number
  let states: ReturnType<typeof scriptedStates>
  beforeEach(() => {
    now = Date.now()
    states = scriptedStates(now)
  })
  afterEach(async () => {
    expect(open?.faults ?? []).toEqual([])
    await open?.close()
    open = undefined
  })

  const show = async (state: ScriptedState) => {
    open = await openScripted(surface, snapshotOf(states[state], now))
    return open
  }

  it.each<[ScriptedState, string, string[], string]>([
    ['running', 'The gateway is running', ['Restart', 'Stop'], 'Running · Moltbot'],
    ['starting', 'The gateway is starting', ['Stop'], 'Starting · Moltbot'],
    ['stopped', 'The gateway is stopped', ['Start'], 'Stopped · Moltbot'],
    ['stopping', 'The gateway is stopping', [], 'Stopping · Moltbot'],
    ['degraded', 'The gateway runs, but not well', ['Restart', 'Stop'], 'Not answering well · Moltbot'],
    [
      'backingOff',
      'The gateway ended and will be started again',
      ['Start now', 'Stop'],
      'Waiting to restart · Moltbot',
    ],
    ['failed', 'The gateway cannot start', ['Start again'], 'Failed · Moltbot'],
    ['adopted', 'The gateway is running, started elsewhere', [], 'Running · Moltbot'],
    ['service', 'The gateway is running as a service', ['Restart', 'Stop'], 'Running · Moltbot'],
    ['serviceFailed', 'The gateway’s service has failed', ['Start again'], 'Failed · Moltbot'],
    ['foreign', 'The port belongs to a gateway that is not yours', [], 'Not yours · Moltbot'],
  ])('%s: headline, buttons and title', async (state, headline, buttons, title) => {
    const { overview, page } = await show(state)
    await overview.says(headline)
    expect(await overview.buttons()).toEqual(buttons)
    expect(await page.title()).toBe(title)
  })

  it('names who holds the port, what to do, and the last lines', async () => {
    const { overview } = await show('failed')
    const detail = await overview.detail.innerText()
    expect(detail).toMatch(/Port 18789 is in use by node \(pid 4121, started .* by ann\)\./)
    expect(detail).toContain('set gateway.port in moltbot.json or MOLTBOT_GATEWAY_PORT')
    expect(detail).toContain('PORT_IN_USE')
    expect(await overview.lastLines.innerText()).toContain('"code":"EADDRINUSE"')
  })

  it('says stage, time so far and that a start is slow', async () => {
    const { overview } = await show('starting')
    const detail = await overview.detail.innerText()
    expect(detail).toMatch(/^Waiting for its first answer · \d+ s so far/)
    expect(detail).toContain('This takes longer than usual.')
  })

  it('counts down to the next start', async () => {
    const { overview } = await show('backingOff')
    const secondsLeft = async () => Number(/in (\d+) s/.exec(await overview.detail.innerText())?.[1])
    const first = await secondsLeft()
    expect(first).toBeGreaterThan(0)
    await expect.poll(secondsLeft).toBeLessThan(first)
  })

  it('shows the figures, and raises its voice above the limits', async () => {
    const { overview, host } = await show('running')
    expect(await overview.fact('PID')).toBe('48213')
    expect(await overview.fact('Port')).toBe('18789')
    expect(await overview.fact('Uptime')).toMatch(/^20 min/)
    expect(await overview.tile('Memory').innerText()).toMatch(
      /\d+ MB\s+Normal below 500 MB, alarm above 1 GB/,
    )
    host.sample({ at: Date.now() + 1, rssBytes: 1.2 * 1024 ** 3, cpuPercent: 45 })
    await expect.poll(() => overview.tile('Memory').innerText()).toContain('above the alarm threshold')
    expect(await overview.tile('Memory').innerText()).toContain('1.2 GB')
    expect(await overview.tile('CPU').innerText()).toContain('above normal')
  })

  it('draws the hour, or says when it will', async () => {
    const { overview } = await show('running')
    await overview.chart.waitFor()
    const label = await overview.chart.getAttribute('aria-label')
    expect(label).toMatch(/^Memory between \d+ MB and \d+ MB, CPU between .* 1 start\.$/)
    // Not just a canvas: something in the accent colour is drawn on it.
    const painted = await overview.chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let count = 0
      for (let i = 0; i < data.length; i += 4) if (data[i] === 10 && data[i + 2] === 208) count += 1
      return count
    })
    expect(painted).toBeGreaterThan(300)
    await open?.close()

    open = await openScripted(surface, snapshotOf(states.notStarted, now, { metrics: [], timeline: [] }))
    const text = await open.page.locator('.overview').innerText()
    expect(text).toContain('Memory and CPU appear here after the gateway has run for a few seconds.')
    expect(text).toContain('Nothing yet. Starts, stops and their reasons will be listed here, newest first.')
    expect(await open.overview.chart.count()).toBe(0)
  })

  it('follows the host, and shows nothing of its own making', async () => {
    const { overview, host, page } = await show('running')
    host.onAct = (act) => {
      if (act === 'stop') host.change({ state: { ...states.stopping, since: Date.now() } })
    }
    await overview.button('Stop').click()
    await overview.says('The gateway is stopping')
    expect(host.calls).toContain('gateway.stop')
    expect(await overview.buttons()).toEqual([])
    host.change({ state: { name: 'stopped', why: 'requested', since: Date.now() } })
    await overview.says('The gateway is stopped')
    expect(await overview.announced.innerText()).toBe('Gateway: Stopped')
    expect(await page.title()).toBe('Stopped · Moltbot')
    expect(await overview.tile('Memory').locator('.tile-value').innerText()).toBe('–')
  })

  it('ignores a view that is not newer', async () => {
    const { overview, host } = await show('running')
    host.say({ ...host.view, revision: host.view.revision - 1, state: states.stopped })
    host.change({ port: 18800 })
    await expect.poll(() => overview.fact('Port')).toBe('18800')
    expect(await overview.headline.innerText()).toBe('The gateway is running')
  })

  it('says why a request was refused', async () => {
    const { overview, host } = await show('stopped')
    host.refusal = problem('TOKEN_MISSING', { path: '/x/moltbot.json', name: 'CLAWDBOT_GATEWAY_TOKEN' })
    await overview.button('Start').click()
    await overview.notice.waitFor()
    const text = await overview.notice.innerText()
    expect(text).toContain('The gateway has no token')
    expect(text).toContain('Set CLAWDBOT_GATEWAY_TOKEN in .env')
    expect(await overview.button('Start').getAttribute('aria-disabled')).toBe('false')
  })

  it('offers the one act at the top of the page too', async () => {
    const { overview, host } = await show('failed')
    await overview.stateLine.getByRole('button', { name: 'Start the gateway' }).click()
    await expect.poll(() => host.calls).toContain('gateway.start')
  })

  it('keeps up with a flood of samples', async () => {
    const { overview, host } = await show('running')
    const start = Date.now()
    for (let i = 1; i <= 500; i++) host.sample({ at: start + i, rssBytes: i * 1024 ** 2, cpuPercent: 1 })
    await expect.poll(() => overview.tile('Memory').innerText(), { timeout: 5_000 }).toContain('500 MB')
  })
})
