import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { HostConnection } from '../../../../host/transports/control-client.ts'
import { pidOf } from '../../../../shared/gateway-state.ts'
import {
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  timelineOf,
  until,
} from '../../../fixtures/host-under-test.ts'
import { holdsPort, isAlive, processesWith } from '../../../fixtures/kernel.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { programs, token } from '../../gateway/gateway-process.ts'

const run = programs()

let home: TestHome
let host: HostUnderTest | null
let connection: HostConnection | null

beforeEach(async () => {
  home = await makeHome()
  home.env.CLAWDBOT_GATEWAY_TOKEN = token
  await mkdir(home.stateDir, { mode: 0o700 })
  host = null
  connection = null
})
afterEach(async () => {
  connection?.close()
  await host?.leave()
  await home.remove()
})

async function open(): Promise<HostConnection> {
  host = HostUnderTest.start(home)
  connection = await host.connect()
  return connection
}

async function leave(): Promise<void> {
  connection?.close()
  await host?.leave()
}

const call = async (...args: string[]) => {
  const program = run(args, home.env as Record<string, string>)
  const code = await program.exit
  return { code, ...program.output() }
}

/** By pid and start time: another process may be given the same pid. */
function lifeOf(pid: number): string | null {
  if (!isAlive(pid)) return null
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
}

const listens = (pid: number) => until(() => isAlive(pid) && holdsPort(pid, home.gatewayPort), 'a listener')

describeWith(['procfs'], 'a gateway that somebody started by hand', () => {
  it('is adopted, shown and left alone; ours follows when it is gone', async () => {
    await writeFile(join(home.stateDir, 'moltbot.json'), '{ gateway: { mode: "local" } }')
    const env = home.env as Record<string, string>
    const theirs = run(['gateway', '--port', String(home.gatewayPort)], env)
    await theirs.untilOutput('The gateway is ready')
    const life = lifeOf(theirs.pid)

    const first = await open()
    const view = await reaches(first, 'adopted')
    expect(view).toMatchObject({
      state: { pid: theirs.pid, program: 'node', unwell: null },
      intent: 'running',
    })
    const refusals = [await first.call('gateway.stop'), await first.call('gateway.restart')]
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ ok: false, code: 'GATEWAY_ADOPTED', params: { pid: theirs.pid } })
    }
    expect(await first.call('gateway.health')).toMatchObject({ ok: true, value: { ok: true } })
    const [status, stop, start] = await Promise.all([
      call('service', 'status'),
      call('service', 'stop'),
      call('service', 'start'),
    ])
    expect(status.stdout).toMatch(/^State +Running: started elsewhere, only watched$/m)
    expect(status.stdout).toMatch(/^Run by +node, started elsewhere/m)
    expect(start).toMatchObject({ code: 0, stdout: expect.stringContaining('It is only watched from here') })
    expect(stop).toMatchObject({ code: 1, stderr: expect.stringContaining('Stop it where it was started') })
    await leave()
    expect(lifeOf(theirs.pid)).toBe(life)
    expect(holdsPort(theirs.pid, home.gatewayPort)).toBe(true)

    const second = await open()
    await reaches(second, 'adopted')
    theirs.child.kill('SIGTERM')
    await theirs.exit
    const freed = performance.now()
    const ours = await reaches(second, 'running')
    expect(performance.now() - freed).toBeGreaterThan(3_000)
    await listens(pidOf(ours.state) ?? 0)
    expect(await timelineOf(second)).toContainEqual(
      expect.objectContaining({ kind: 'gatewayReleased', evidence: { pid: theirs.pid, program: 'node' } }),
    )
  })

  it('while ours is stopped on request is seen as well, and its end changes nothing about that', async () => {
    const host = await open()
    await reaches(host, 'running')
    await host.call('gateway.stop')
    await reaches(host, 'stopped')
    const theirs = run(['gateway', '--port', String(home.gatewayPort)], home.env as Record<string, string>)
    await theirs.untilOutput('The gateway is ready')
    expect(await reaches(host, 'adopted')).toMatchObject({ intent: 'stopped', state: { pid: theirs.pid } })
    theirs.child.kill('SIGTERM')
    await reaches(host, 'stopped')
    expect(processesWith(`--port\0${home.gatewayPort}\0`)).toEqual([])
  })
})
