import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { becomePrimary } from '../../../../host/lock/become-primary.ts'
import { type LockHolder, takeHostLock } from '../../../../host/lock/host-lock.ts'
import { readLines } from '../../../../host/transports/lines.ts'
import type { Problem } from '../../../../shared/problem.ts'
import { until } from '../../../fixtures/host-under-test.ts'

const pid = 4711
const anotherPid = 4712
const table = { identify: (one: number) => ({ pid: one, startTime: 'always' }) }
let folder: string
let server: Server
let said: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moltbot-primary-'))
  said = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
})
afterEach(async () => {
  vi.restoreAllMocks()
  server.close()
  await rm(folder, { recursive: true })
})

const holder = (of: number): LockHolder => ({
  ...table.identify(of),
  bootId: 'boot',
  socketPath: join(folder, 'host.sock'),
})

/** Holds the lock as a process that lives on, and refuses a link as told. Resolves to its release. */
async function hold(refusal: () => Problem | null): Promise<() => Promise<void>> {
  const lock = await takeHostLock(join(folder, 'host.lock'), holder(pid), table)
  if (lock.kind !== 'taken') throw new Error('The lock is not free')
  server = createServer((client) => {
    readLines(client, 100_000, {
      line(text) {
        const { id, call } = JSON.parse(text) as { id: number; call: string }
        const refused = call === 'host.link' ? refusal() : null
        if (call === 'host.link' && !refused) return void client.destroy()
        client.write(
          `${JSON.stringify(refused ? { id, ok: false, ...refused } : { id, ok: true, value: {} })}\n`,
        )
      },
      tooLong: () => client.destroy(),
    })
  })
  await new Promise<void>((resolve) => server.listen(holder(pid).socketPath, resolve))
  return lock.release
}

const become = () => becomePrimary(join(folder, 'host.lock'), holder(anotherPid), table)

describe('a host that finds a command at work', () => {
  it('says so once, and takes over as soon as the lock is free, though the command lives on', async () => {
    const release = await hold(() => ({ code: 'HOST_BUSY_WITH_COMMAND', params: { pid } }))
    const primacy = become()
    await until(() => said.length > 0, 'it to say so')
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await Promise.race([primacy, 'waits'])).toBe('waits')
    await release()
    expect(await primacy).toMatchObject({ kind: 'primary' })
    expect(said).toEqual([expect.stringContaining(`pid ${pid}`)])
  })

  it('whose socket closes just then takes over all the same', async () => {
    const release = await hold(() => null)
    const primacy = become()
    await until(() => said.length > 0, 'the connection to be lost')
    await release()
    expect(await primacy).toMatchObject({ kind: 'primary' })
  })

  it('whose lock is freed before its socket is reached does not wait for it', async () => {
    const release = await hold(() => null)
    await new Promise((resolve) => server.close(resolve))
    const started = performance.now()
    const primacy = become()
    await new Promise((resolve) => setTimeout(resolve, 100))
    await release()
    expect(await primacy).toMatchObject({ kind: 'primary' })
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
