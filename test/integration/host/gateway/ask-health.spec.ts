import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { askHealth } from '../../../../host/gateway/ask-health.ts'
import { callKnownGateway } from '../../../../host/gateway/call-known-gateway.ts'
import { openProcessTable } from '../../../../host/processes/open-process-table.ts'
import { freePort } from '../../../fixtures/host-under-test.ts'

const table = openProcessTable()
const readToken = async () => 'the-token-that-must-not-leave'
const running = (pid: number) => ({ name: 'running', runId: 'run-1', pid, since: 0 }) as const

describe('asking a gateway for its health', () => {
  it('hands nothing to another program that holds the port, and names it', async () => {
    const ours = spawn('sleep', ['30'])
    const received: string[] = []
    const squatter = createServer((socket) => socket.on('data', (data) => received.push(String(data))))
    await new Promise<void>((done) => squatter.listen(0, '127.0.0.1', done))
    const address = squatter.address()
    const port = typeof address === 'object' && address ? address.port : 0
    let connections = 0
    squatter.on('connection', () => {
      connections += 1
    })
    const gateway = { state: running(ours.pid ?? 0), port, table, readToken }
    const order = { method: 'status', params: {}, scopes: ['operator.admin' as const], timeoutMs: 1_000 }
    for (const asking of [() => askHealth(gateway), () => callKnownGateway(gateway, [order])]) {
      await expect(asking()).rejects.toMatchObject({
        problem: { code: 'GATEWAY_NOT_OURS', params: { port, pid: process.pid } },
      })
    }
    expect(connections).toBe(0)
    expect(received).toEqual([])
    squatter.close()
    ours.kill()
  })

  it('says that nothing runs, or that it does not listen yet', async () => {
    const port = await freePort()
    const stopped = { name: 'stopped', why: 'requested', since: 0 } as const
    await expect(askHealth({ state: stopped, port, table, readToken })).rejects.toMatchObject({
      problem: { code: 'GATEWAY_NOT_RUNNING' },
    })
    await expect(askHealth({ state: running(process.pid), port, table, readToken })).rejects.toMatchObject({
      problem: { code: 'GATEWAY_UNREACHABLE' },
    })
  })
})
