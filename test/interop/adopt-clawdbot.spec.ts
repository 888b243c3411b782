import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HostConnection } from '../../host/transports/control-client.ts'
import { pidOf } from '../../shared/gateway-state.ts'
import {
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  timelineOf,
  until,
  viewOf,
} from '../fixtures/host-under-test.ts'
import { isAlive, processesWith } from '../fixtures/kernel.ts'
import { entry, whyNoClawdbot } from './clawdbot.ts'

const token = 'c4nary-interop-0123456789abcdef0123456789'
// A machine that is busy with other things takes many times as long as one that is not.
const slow = 150_000

let home: TestHome
let host: HostUnderTest | null
let connection: HostConnection | null
let byHand: ChildProcess | null

beforeEach(async () => {
  home = await makeHome()
  home.env.CLAWDBOT_GATEWAY_TOKEN = token
  // What a gateway would do to be found on the network is none of a test's business.
  home.env.CLAWDBOT_DISABLE_BONJOUR = '1'
  home.env.CLAWDBOT_SKIP_CHANNELS = '1'
  await mkdir(home.stateDir, { mode: 0o700 })
  await writeFile(
    join(home.stateDir, 'moltbot.json'),
    JSON.stringify({
      gateway: { port: home.gatewayPort, controlUi: { enabled: true } },
      logging: { file: join(home.folder, 'clawdbot.log') },
      browser: { enabled: false },
    }),
  )
  host = null
  connection = null
  byHand = null
})
afterEach(async () => {
  connection?.close()
  await host?.leave()
  byHand?.kill('SIGKILL')
  await until(() => processesWith(home.folder).length === 0, 'everything to end', 15_000)
  await home.remove()
})

function startByHand(): ChildProcess {
  const { stateDir } = home
  byHand = spawn(
    process.execPath,
    [entry, 'gateway', '--allow-unconfigured', '--port', String(home.gatewayPort)],
    {
      env: {
        ...home.env,
        CLAWDBOT_STATE_DIR: stateDir,
        CLAWDBOT_CONFIG_PATH: join(stateDir, 'moltbot.json'),
        CLAWDBOT_NO_RESPAWN: '1',
      },
      stdio: 'ignore',
    },
  )
  return byHand
}

const startTime = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[19]
const listens = () =>
  fetch(`http://127.0.0.1:${home.gatewayPort}/`).then(
    () => true,
    () => false,
  )

describe.skipIf(entry === '')(`the released clawdbot [${whyNoClawdbot}]`, () => {
  it('started by hand is adopted, goes on when the host leaves, and is followed by ours', async () => {
    const theirs = startByHand()
    const pid = theirs.pid ?? 0
    await until(listens, 'clawdbot', slow)
    const born = startTime(pid)
    host = HostUnderTest.start(home)
    connection = await host.connect()
    const view = await reaches(connection, 'adopted', 30_000)
    expect(view.state).toMatchObject({ pid, unwell: null })
    for (const call of ['gateway.stop', 'gateway.restart'] as const) {
      expect(await connection.call(call)).toMatchObject({ ok: false, code: 'GATEWAY_ADOPTED' })
    }
    expect(await connection.call('gateway.health')).toMatchObject({ ok: true })
    connection.close()
    await host.leave()
    expect(isAlive(pid) && startTime(pid)).toBe(born)

    host = HostUnderTest.start(home)
    connection = await host.connect()
    await reaches(connection, 'adopted', 30_000)
    theirs.kill('SIGTERM')
    const ours = await reaches(connection, 'running', 30_000)
    expect(pidOf(ours.state)).not.toBe(pid)
    expect((await timelineOf(connection)).map(({ kind }) => kind)).toContain('gatewayReleased')
  })

  it('as our child is ready, keeps the token out of argv and log, and ends in time', async () => {
    host = HostUnderTest.start(home, [], [process.execPath, entry, 'gateway'], ['--package'])
    connection = await host.connect()
    const began = performance.now()
    const view = await reaches(connection, 'running', slow)
    console.info(`ready after ${Math.round(performance.now() - began)} ms, version ${view.version}`)
    const pid = pidOf(view.state) ?? 0
    expect(readFileSync(`/proc/${pid}/environ`, 'latin1')).toContain(token)
    for (const one of processesWith(home.folder)) {
      expect(readFileSync(`/proc/${one}/cmdline`, 'latin1')).not.toContain(token)
    }
    expect(await connection.call('gateway.health')).toMatchObject({ ok: true })
    await new Promise((done) => setTimeout(done, 8_000))
    expect((await viewOf(connection)).state.name).toBe('running')
    const asked = performance.now()
    await connection.call('gateway.stop')
    await reaches(connection, 'stopped', 15_000)
    console.info(`stopped after ${Math.round(performance.now() - asked)} ms`)
    expect(performance.now() - asked).toBeLessThan(12_500)
    expect(isAlive(pid)).toBe(false)
    connection.close()
    await host.leave()
    expect(filesBelow(home.folder).filter((path) => readFileSync(path, 'latin1').includes(token))).toEqual([])
  })
})

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
}
