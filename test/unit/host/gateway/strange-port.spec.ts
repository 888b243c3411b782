import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../../host/clock.ts'
import { isPortMoved } from '../../../../host/gateway/is-port-moved.ts'
import { otherGateways } from '../../../../host/gateway/other-gateways.ts'
import { openProcessTable } from '../../../../host/processes/open-process-table.ts'
import type { ProcessTable } from '../../../../host/processes/process-table.ts'
import { figures } from '../../../../host/supervisor/figures.ts'
import { freePort, until } from '../../../fixtures/host-under-test.ts'

const configPath = '/nowhere/moltbot.json'
const own = openProcessTable()

/** The machine's own, and how often it was searched through, or asked about one process. */
function countingTable(): { readonly table: ProcessTable; readonly asked: { all: number; one: number } } {
  const asked = { all: 0, one: 0 }
  const table: ProcessTable = {
    ...own,
    findListener(port) {
      asked.all += 1
      return own.findListener(port)
    },
    holdsListener(pid, port) {
      asked.one += 1
      return own.holdsListener(pid, port)
    },
  }
  return { table, asked }
}

let port: number
const stranger = createServer((_, response) => response.end('<html>'))
beforeEach(async () => {
  port = await freePort()
  await new Promise<void>((done) => stranger.listen(port, '127.0.0.1', done))
})
afterEach(() => {
  stranger.closeAllConnections()
  stranger.close()
})

describe('a port that a strange program holds for days', () => {
  it('is not looked for among all processes each time while nothing runs', async () => {
    const { table, asked } = countingTable()
    const others = otherGateways({
      clock: systemClock,
      table,
      figures: { ...figures, probeEveryMs: 20 },
      configPath,
      askService: async () => null,
      readToken: async () => 'token',
      met: () => {},
    })
    const stop = others.lookAround(port, () => {
      throw new Error('it is no gateway')
    })
    await until(() => asked.one > 0, 'the second look')
    const before = asked.all
    await until(() => asked.one > 5, 'more looks')
    stop()
    expect(asked.all).toBe(before)
  })

  it('nor while a start waits for it, and is seen to be free', async () => {
    const { table, asked } = countingTable()
    const question = { port, pid: process.pid, configPath, table }
    expect(await isPortMoved(question)).toBe(false)
    expect(asked.all).toBe(0)
    stranger.close()
    expect(await isPortMoved(question)).toBe(true)
  })

  it('is seen to be held by another process than before', async () => {
    const { table } = countingTable()
    expect(await isPortMoved({ port, pid: process.ppid, configPath, table })).toBe(true)
    expect(await isPortMoved({ port, pid: null, configPath, table })).toBe(true)
  })
})
