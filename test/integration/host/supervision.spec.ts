import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { HostConnection } from '../../../host/transports/control-client.ts'
import { pidOf } from '../../../shared/gateway-state.ts'
import {
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  timelineOf,
  until,
  viewOf,
} from '../../fixtures/host-under-test.ts'
import { isAlive, processesWith } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'

let home: TestHome
let host: HostUnderTest | null
let connection: HostConnection | null

beforeEach(async () => {
  home = await makeHome()
  host = null
  connection = null
})
afterEach(async () => {
  connection?.close()
  await host?.leave()
  const left = processesWith(home.folder)
  await home.remove()
  expect(left, 'processes left behind').toEqual([])
})

async function start(switches: readonly string[] = []): Promise<HostConnection> {
  host = HostUnderTest.start(home, switches)
  connection = await host.connect()
  return connection
}

const hostStderr = () => host?.stderr ?? ''
const answers = async () =>
  fetch(`http://127.0.0.1:${home.gatewayPort}/health`).then(
    (response) => response.ok,
    () => false,
  )

describeWith(['procfs'], 'a supervised gateway', () => {
  it('answers when it is said to run, and its process is gone when it is said to be stopped', async () => {
    const host = await start()
    const running = await reaches(host, 'running')
    expect(await answers()).toBe(true)
    const pid = pidOf(running.state) ?? 0
    expect(isAlive(pid)).toBe(true)
    await host.call('gateway.stop')
    await reaches(host, 'stopped')
    expect(isAlive(pid)).toBe(false)
    await host.call('gateway.start')
    await reaches(host, 'running')
    expect(await answers()).toBe(true)
  })

  it('killed with SIGKILL is replaced by another process, and the timeline says why', async () => {
    const host = await start()
    const pid = pidOf((await reaches(host, 'running')).state) ?? 0
    process.kill(pid, 'SIGKILL')
    await until(async () => {
      const now = await viewOf(host)
      return now.state.name === 'running' && now.state.pid !== pid
    }, 'another process')
    expect(await answers()).toBe(true)
    expect(await timelineOf(host)).toContainEqual(
      expect.objectContaining({
        kind: 'gatewayExited',
        evidence: expect.objectContaining({ ended: 'SIGKILL', pid }),
      }),
    )
  })

  it('deaf to TERM is killed after 5 s, together with what it started', async () => {
    const host = await start(['--deaf', '--leak-children', '2'])
    const pid = pidOf((await reaches(host, 'running')).state) ?? 0
    const began = performance.now()
    await host.call('gateway.stop')
    await reaches(host, 'stopped')
    const tookMs = performance.now() - began
    expect(tookMs).toBeGreaterThan(4_500)
    expect(tookMs).toBeLessThan(6_000)
    expect(isAlive(pid)).toBe(false)
    await until(
      () => processesWith('MOLTBOT_RUN=').filter((one) => isOurs(one)).length === 0,
      'its children to end',
    )
  })

  it('that left its group behind cannot hide what it started', async () => {
    const host = await start(['--leak-children', '2', '--escape'])
    await reaches(host, 'running')
    const before = processesWith(home.folder).length
    await host.call('gateway.stop')
    await reaches(host, 'stopped')
    await until(() => processesWith(home.folder).length <= before - 3, 'gateway and escaped children to end')
  })

  it('that dies unready five times is left alone, with its last lines', async () => {
    const host = await start(['--die-at', '1', '--exit-code', '3', '--no-listen', '--spew', '1000'])
    const view = await reaches(host, 'failed', 20_000)
    expect(view.state).toMatchObject({
      problem: { code: 'GATEWAY_CRASH_LOOP', params: { exit: 'exit code 3' } },
    })
  })

  it('that exits with 78 is not tried again until the configuration has changed', async () => {
    const script = join(home.folder, 'script.json')
    await writeFile(script, '{"die-at":"1","exit-code":"78","no-listen":true}')
    const host = await start(['--script', script])
    const view = await reaches(host, 'failed')
    expect(view.state).toMatchObject({ problem: { code: 'CONFIG_REFUSED' } })
    const launches = async () =>
      (await timelineOf(host)).filter(({ kind }) => kind === 'gatewayLaunched').length
    await new Promise((done) => setTimeout(done, 2_500))
    expect(await launches()).toBe(1)
    await writeFile(script, '{}')
    await writeFile(join(home.stateDir, 'moltbot.json'), '{ gateway: { mode: "local" } }')
    await reaches(host, 'running')
    expect(await launches()).toBe(2)
  })

  it('whose port is taken names the holder, touches nothing, and starts when the port is free', async () => {
    const squatter = await squat(home.gatewayPort)
    const host = await start()
    const view = await reaches(host, 'failed')
    expect(view.state).toMatchObject({
      problem: { code: 'PORT_IN_USE', params: { port: home.gatewayPort, pid: process.pid } },
    })
    expect(squatter.listening).toBe(true)
    await until(
      () => hostStderr().includes(`(pid ${process.pid}, `),
      'the holder to be named in the terminal',
    )
    await new Promise((done) => squatter.close(done))
    await reaches(host, 'running', 5_000)
  })

  it('behind a broken configuration says where it is wrong, leaves the file alone, and starts when it is mended', async () => {
    const path = join(home.stateDir, 'moltbot.json')
    await mkdir(home.stateDir, { mode: 0o700 })
    const broken = '{\n  gateway: {\n    port: "many",\n  },\n}\n'
    await writeFile(path, broken)
    const host = await start()
    const view = await reaches(host, 'failed')
    expect(view.state).toMatchObject({
      problem: { code: 'CONFIG_INVALID', params: { path, key: 'gateway.port', line: 3, column: 5 } },
    })
    expect(await readFile(path, 'utf8')).toBe(broken)
    expect(processesWith('MOLTBOT_RUN=').filter(isOurs)).toEqual([])
    await writeFile(path, '{ gateway: { auth: { token: "0123456789abcdef0123456789abcdef" } } }')
    await reaches(host, 'running', 5_000)
  })

  it('stopped by its owner stays stopped when the host starts again', async () => {
    const first = await start()
    await reaches(first, 'running')
    await first.call('gateway.stop')
    await reaches(first, 'stopped')
    first.close()
    await host?.leave()
    const second = await start()
    await new Promise((done) => setTimeout(done, 500))
    expect((await viewOf(second)).state.name).toBe('stopped')
    expect(await answers()).toBe(false)
    expect(host?.stderr).toContain('stays stopped, as you asked')
    await second.call('gateway.start')
    await reaches(second, 'running')
  })

  it('is sampled: memory as the kernel has it', async () => {
    const host = await start()
    const pid = pidOf((await reaches(host, 'running')).state) ?? 0
    await until(
      async () => {
        const snapshot = await host.call('host.snapshot')
        return snapshot.ok && snapshot.value.metrics.some(({ cpuPercent }) => cpuPercent !== null)
      },
      'two samples',
      12_000,
    )
    const snapshot = await host.call('host.snapshot')
    const rss = (snapshot.ok && snapshot.value.metrics.at(-1)?.rssBytes) || 0
    const kernel = Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'latin1'))?.[1]) * 1024
    expect(Math.abs(rss - kernel) / kernel).toBeLessThan(0.2)
  })
})

function isOurs(pid: number): boolean {
  return processesWith(home.folder).includes(pid)
}

function squat(port: number): Promise<Server> {
  return new Promise((done, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => done(server))
  })
}
