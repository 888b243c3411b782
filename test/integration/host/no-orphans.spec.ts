import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pidOf } from '../../../shared/gateway-state.ts'
import {
  fakeGateway,
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  timelineOf,
  until,
  viewOf,
} from '../../fixtures/host-under-test.ts'
import { childrenOf, isAlive, processesWith } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'

let home: TestHome
beforeEach(async () => {
  home = await makeHome()
})
afterEach(async () => {
  for (const pid of processesWith(home.folder)) process.kill(pid, 'SIGKILL')
  await home.remove()
})

async function running(switches: readonly string[]): Promise<{ host: HostUnderTest; gateway: number }> {
  const host = HostUnderTest.start(home, switches)
  const connection = await host.connect()
  const { state } = await reaches(connection, 'running')
  connection.close()
  return { host, gateway: pidOf(state) ?? 0 }
}

describeWith(['procfs'], 'when the host is killed with SIGKILL', () => {
  it.each([
    ['a gateway', []],
    ['a gateway that hangs', ['--hang-at', '300']],
    ['a gateway deaf to TERM, with children', ['--deaf', '--leak-children', '3']],
    ['children in sessions of their own', ['--leak-children', '3', '--escape']],
  ])('%s is gone within 1 s', async (_, switches) => {
    const { host, gateway } = await running(switches)
    if (switches.includes('--hang-at')) await new Promise((done) => setTimeout(done, 400))
    expect(processesWith(home.folder)).toContain(gateway)
    process.kill(host.pid, 'SIGKILL')
    await host.exited
    await until(() => processesWith(home.folder).length === 0, 'nothing to be left', 1_000)
  })

  it('a gateway that has dropped its environment, and with it our mark, is gone within 1 s', async () => {
    const bare = ['/usr/bin/env', '-i', process.execPath, fakeGateway]
    const host = HostUnderTest.start(home, ['--deaf'], bare)
    const connection = await host.connect()
    const gateway = pidOf((await reaches(connection, 'running')).state) ?? 0
    connection.close()
    expect(processesWith(home.folder)).not.toContain(gateway)
    process.kill(host.pid, 'SIGKILL')
    // Without its mark nothing else would find it.
    const isGone = until(() => !isAlive(gateway), 'the gateway to end', 1_000)
    await isGone.finally(() => isAlive(gateway) && process.kill(gateway, 'SIGKILL'))
  })

  it('while its watchdog was killed before, the watchdog that took over does the same', async () => {
    const { host, gateway } = await running([])
    const [dog] = childrenOf(host.pid).filter((pid) => pid !== gateway)
    process.kill(dog ?? 0, 'SIGKILL')
    await until(() => childrenOf(host.pid).some((pid) => pid !== gateway && pid !== dog), 'another watchdog')
    process.kill(host.pid, 'SIGKILL')
    await until(() => !isAlive(gateway), 'the gateway to end', 1_000)
  })

  it('and its watchdog too, the next host ends what was left, and says so', async () => {
    const { host, gateway } = await running(['--leak-children', '1', '--escape'])
    for (const dog of childrenOf(host.pid).filter((pid) => pid !== gateway)) {
      process.kill(host.pid, 'SIGSTOP') // it would start another watchdog
      process.kill(dog, 'SIGKILL')
    }
    process.kill(host.pid, 'SIGKILL')
    await host.exited
    expect(isAlive(gateway)).toBe(true)
    const next = HostUnderTest.start(home)
    const connection = await next.connect()
    const now = await reaches(connection, 'running')
    expect(isAlive(gateway)).toBe(false)
    expect(pidOf(now.state)).not.toBe(gateway)
    const kinds = (await timelineOf(connection)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'orphanEnded').length).toBeGreaterThanOrEqual(2)
    expect(kinds).toContain('previousHostDied')
    connection.close()
    expect(await next.leave()).toBe(0)
  })
})

describeWith(['procfs'], 'a record that an earlier host left', () => {
  async function leaveRecord(change: (record: Record<string, unknown>) => object): Promise<void> {
    const { host } = await running([])
    const path = join(home.hostDir, 'run-record.json')
    const record = JSON.parse(await readFile(path, 'utf8'))
    await host.leave()
    await writeFile(path, JSON.stringify(change(record)))
  }

  /** A process that is none of ours, at the place where the record says that ours is. */
  function bystander() {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' })
    const startTime = readFile(`/proc/${child.pid}/stat`, 'latin1').then(
      (stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19],
    )
    return { child, pid: child.pid ?? 0, startTime }
  }

  it.each([
    ['names a process that has nothing of ours', {}],
    ['is of another boot', { bootId: 'another' }],
    ['is of another user', { uid: 4_242 }],
  ])('that %s costs nobody their life', async (_, change) => {
    const innocent = bystander()
    const identity = { pid: innocent.pid, startTime: await innocent.startTime }
    await leaveRecord((record) => ({
      ...record,
      host: { ...identity, startTime: 'long ago' },
      gateway: { ...identity, port: home.gatewayPort },
      ...change,
    }))
    const { host } = await running([])
    expect(isAlive(innocent.pid)).toBe(true)
    innocent.child.kill()
    expect(await host.leave()).toBe(0)
  })

  it('of another user, or broken, is kept aside and named', async () => {
    await leaveRecord((record) => ({ ...record, uid: 4_242 }))
    const host = HostUnderTest.start(home)
    const connection = await host.connect()
    const [entry] = (await timelineOf(connection)).filter(({ kind }) => kind === 'recordIgnored')
    const keptAt = String(entry?.evidence.keptAt)
    expect(JSON.parse(await readFile(keptAt, 'utf8'))).toMatchObject({ uid: 4_242 })
    connection.close()
    expect(await host.leave()).toBe(0)
  })
})

describeWith(['procfs'], 'a host that leaves in order', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'after %s, twice, leaves no process, lock, socket or record',
    async (signal) => {
      const { host, gateway } = await running(['--leak-children', '2'])
      const began = performance.now()
      process.kill(host.pid, signal)
      process.kill(host.pid, signal)
      expect(await host.exited).toBe(0)
      expect(performance.now() - began).toBeLessThan(6_000)
      expect(isAlive(gateway)).toBe(false)
      expect(processesWith(home.folder)).toEqual([])
      for (const name of ['host.lock', 'run-record.json', 'run/host.sock']) {
        await expect(readFile(join(home.hostDir, name))).rejects.toMatchObject({ code: 'ENOENT' })
      }
    },
  )

  it.each(['gateway.start', 'gateway.restart'] as const)('whatever asks for %s meanwhile', async (call) => {
    const { host } = await running(['--deaf'])
    const connection = await host.connect()
    process.kill(host.pid, 'SIGTERM')
    await until(async () => (await viewOf(connection)).state.name === 'stopping', 'the stop to begin')
    const began = performance.now()
    const refusals: string[] = []
    while (!connection.isClosed()) {
      const answer = await connection.call(call)
      if (!answer.ok) refusals.push(answer.code)
      await new Promise((done) => setTimeout(done, 5))
    }
    expect(await host.exited).toBe(0)
    expect(performance.now() - began).toBeLessThan(6_000)
    expect(refusals).toContain('HOST_LEAVING')
    expect(processesWith(home.folder)).toEqual([])
  })

  it('within 6 s even when the gateway is deaf and stopped by a signal', async () => {
    const { host, gateway } = await running(['--deaf'])
    process.kill(gateway, 'SIGSTOP')
    const began = performance.now()
    expect(await host.leave()).toBe(0)
    expect(performance.now() - began).toBeLessThan(6_000)
    expect(isAlive(gateway)).toBe(false)
  })
})
