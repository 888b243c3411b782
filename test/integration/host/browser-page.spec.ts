import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BrowserPage, offerBrowserPage } from '../../../host/browser-page.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { freePort } from '../../fixtures/host-under-test.ts'
import { ScriptedContract } from '../../fixtures/scripted-contract.ts'
import { scriptedStates, snapshotOf } from '../../fixtures/scripted-states.ts'

const table = openProcessTable()
const pages: BrowserPage[] = []
let port: number
beforeEach(async () => {
  port = await freePort()
})
afterEach(async () => {
  for (const page of pages.splice(0)) await page.close()
})

function offer(orFreePort: boolean): BrowserPage {
  const host = new ScriptedContract(snapshotOf(scriptedStates(0).running, 0))
  const page = offerBrowserPage({ ...host, handlers: host.handlers, port, orFreePort, table })
  pages.push(page)
  return page
}
const isListening = async (at: number) => (await table.findListener(at)) !== null
const portOf = (link: string) => Number(new URL(link).port)

async function holdPort(): Promise<() => Promise<unknown>> {
  const holder = createServer()
  await new Promise<void>((done) => holder.listen(port, '127.0.0.1', done))
  return () => new Promise((done) => holder.close(done))
}

describe("a host's page for browsers", () => {
  it('listens from the first address on, and not before', async () => {
    const page = offer(true)
    await new Promise((done) => setTimeout(done, 500))
    expect(await isListening(port)).toBe(false)
    const [first, second] = await Promise.all([page.freshLink(), page.freshLink()])
    expect([portOf(first), portOf(second)]).toEqual([port, port])
    expect(first).not.toBe(second)
    expect(await isListening(port)).toBe(true)
    await page.close()
    expect(await isListening(port)).toBe(false)
  })

  it('that nobody ever asked for closes, too', async () => {
    await offer(true).close()
    expect(await isListening(port)).toBe(false)
  })

  it('of a desktop takes a free port where its own is taken', async () => {
    const free = await holdPort()
    const link = await offer(true).freshLink()
    expect(portOf(link)).not.toBe(port)
    expect(await isListening(portOf(link))).toBe(true)
    await free()
  })

  it('of a headless host names who has the port, and listens once it is free', async () => {
    const free = await holdPort()
    const page = offer(false)
    expect(await page.open()).toMatchObject({ code: 'HOST_PORT_IN_USE', params: { port, pid: process.pid } })
    await expect(page.freshLink()).rejects.toMatchObject({ problem: { code: 'HOST_PORT_IN_USE' } })
    await free()
    expect(await page.open()).toBeNull()
    expect(portOf(await page.freshLink())).toBe(port)
  })
})
