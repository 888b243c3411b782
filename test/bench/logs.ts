import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import { resolveHostPaths } from '../../host/host-paths.ts'
import type { HostConnection } from '../../host/transports/control-client.ts'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { newestWritten, writeLines, writeSteadily } from './log-writer.ts'
import { type Row, toRow } from './row.ts'
import { untilConnected } from './running-host.ts'
import { end, freePort, type Workshop } from './workshop.ts'

const linesPerSecond = 2_000
const heldLines = 100_000
const firstPaints = 5
/** 55 frames a second. */
const frameMs = 18.18

/** The Logs page in real Chromium, over a real host that reads a real file. */
export async function measureLogs(workshop: Workshop, seconds: number): Promise<Row[]> {
  const flags = ['--gateway-port', String(await freePort())]
  const gateway = [process.execPath, workshop.gatewayEntry, 'gateway']
  const entry = join(import.meta.dirname, 'measured-host.ts')
  const child = workshop.start(
    process.execPath,
    [entry, ...flags, '--', ...gateway],
    ['ignore', 'ignore', 'ignore', 'ipc'],
  )
  const client = await untilConnected(resolveHostPaths(workshop.env, workshop.hostDir, process.platform))
  const browser = await launchChromium()
  try {
    const paints: number[] = []
    for (let count = 0; count < firstPaints; count++) {
      const { page, context } = await openPage(browser)
      await page.goto(await linkOf(client))
      paints.push(await firstPaint(page))
      await context.close()
    }
    const path = await logPathOf(client)
    const { page, context } = await openPage(browser)
    await page.goto(await linkOf(client))
    await page.locator('.frame-nav a[href="#/logs"]').click()
    await page.locator('.logs').waitFor()
    await fill(page, path)
    const tools = await context.newCDPSession(page)
    await tools.send('HeapProfiler.enable')

    const heapBefore = await heapMegabytes(tools)
    child.send('begin')
    const frames = recordFrames(page, seconds)
    await writeSteadily(path, linesPerSecond, seconds)
    const intervals = await frames
    child.send('end')
    // The measured host answers nothing else.
    const [delays] = (await once(child, 'message')) as [{ p99: number; most: number }]
    await untilNewest(page)
    const heapAfter = await heapMegabytes(tools)
    const searching = recordFrames(page, 3)
    await page.locator('.log-search input').pressSequentially('handled in 7', { delay: 100 })
    const searchFrames = await searching
    await context.close()

    const busy = `${linesPerSecond} lines/s for ${seconds} s`
    const slow = intervals.filter((ms) => ms > 50).length / intervals.length
    return [
      toRow({ what: 'page: first paint', unit: 'ms', values: paints, limits: { median: 500 } }),
      toRow({
        what: `logs: ms from frame to frame (55/s), ${busy}`,
        unit: 'ms',
        values: intervals,
        limits: { median: frameMs },
      }),
      toRow({
        what: 'logs: mean of the same',
        unit: 'ms',
        values: [intervals.reduce((sum, ms) => sum + ms, 0) / intervals.length],
        limits: { median: frameMs },
      }),
      toRow({ what: 'logs: frames that took over 50 ms', unit: '%', values: [slow * 100] }),
      toRow({
        what: `logs: frames while typing a search of ${heldLines} lines`,
        unit: 'ms',
        values: searchFrames,
      }),
      toRow({
        what: `logs: growth of the page's heap at ${heldLines} lines`,
        unit: 'MB',
        values: [heapAfter - heapBefore],
        limits: { median: 5 },
      }),
      toRow({
        what: 'logs: event-loop delay of the host, p99',
        unit: 'ms',
        values: [delays.p99],
        limits: { median: 50 },
      }),
    ]
  } finally {
    await browser.close()
    client.close()
    await end(child)
  }
}

/** As many lines as the page holds, less what is about to make it drop the oldest. */
async function fill(page: Page, path: string): Promise<void> {
  for (let count = 0; count < heldLines - 1_000; count += 9_000) {
    writeLines(path, 9_000)
    await untilNewest(page)
  }
}

async function untilNewest(page: Page): Promise<void> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const last = await page.locator('.log-row .log-text').allInnerTexts()
    if (last.some((text) => text.startsWith(`message ${newestWritten()} `))) return
    if (performance.now() > deadline) throw new Error(`the page does not show line ${newestWritten()}`)
    await delay(50)
  }
}

/** The ms between each two frames for that long. */
function recordFrames(page: Page, seconds: number): Promise<number[]> {
  return page.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const intervals: number[] = []
        let last = performance.now()
        const end = last + ms
        const step = () => {
          const now = performance.now()
          intervals.push(now - last)
          last = now
          if (now < end) requestAnimationFrame(step)
          else resolve(intervals)
        }
        requestAnimationFrame(step)
      }),
    seconds * 1000,
  )
}

/** After the garbage is gone. */
async function heapMegabytes(tools: CDPSession): Promise<number> {
  await tools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await tools.send('Runtime.getHeapUsage')
  return usedSize / 1e6
}

/** Ms from the beginning of the navigation. */
function firstPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint')
          if (paint) resolve(paint.startTime)
        }).observe({ type: 'paint', buffered: true })
      }),
  )
}

async function linkOf(client: HostConnection): Promise<string> {
  const link = await client.call('host.link')
  if (!link.ok) throw new Error(link.code)
  return link.value.url
}

async function logPathOf(client: HostConnection): Promise<string> {
  const snapshot = await client.call('host.snapshot')
  if (!snapshot.ok) throw new Error(snapshot.code)
  return snapshot.value.host.logPath
}
