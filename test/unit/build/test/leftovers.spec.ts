import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { endCarriersOf } from '../../../../build/test/leftovers.ts'

describe.runIf(process.platform === 'linux')('processes that a test left behind', () => {
  it('are found in whatever session they hide, named, and ended', async () => {
    const mark = `MOLTBOT_LEFT_BEHIND=${randomUUID()}`
    const [name = '', value] = mark.split('=')
    const env = { ...process.env, [name]: value }
    const left = spawn('/bin/sleep', ['60'], { env, detached: true, stdio: 'ignore' })
    const [found] = await Promise.all([endCarriersOf(mark), once(left, 'exit')])
    expect(found).toEqual([{ pid: left.pid, command: '/bin/sleep 60' }])
    expect(left.signalCode).toBe('SIGKILL')
  })
})
