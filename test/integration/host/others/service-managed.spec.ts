import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { HostConnection } from '../../../../host/transports/control-client.ts'
import { pidOf } from '../../../../shared/gateway-state.ts'
import type { GatewayView } from '../../../../shared/host-api.ts'
import {
  fakeGateway,
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  until,
  viewOf,
} from '../../../fixtures/host-under-test.ts'
import { isAlive, processesWith } from '../../../fixtures/kernel.ts'
import { turnLimitMs, UserSystemd } from '../../../fixtures/user-systemd.ts'
import { describeWith } from '../../../setup/requirements.ts'

const unit = 'moltbot-gateway.service'
let home: TestHome
let systemd: UserSystemd
let host: HostUnderTest
let connection: HostConnection

beforeEach(async () => {
  home = await makeHome()
  systemd = await UserSystemd.start(home.folder)
  Object.assign(home.env, systemd.env)
  // As somebody may have set it up by hand: enabled, for our state, and at rest.
  const lines = [
    '[Service]',
    `Environment=MOLTBOT_STATE_DIR=${home.stateDir}`,
    `ExecStart=${process.execPath} ${fakeGateway} --port ${home.gatewayPort}`,
    '[Install]',
    'WantedBy=default.target',
  ]
  writeFileSync(join(systemd.unitFolder, unit), `${lines.join('\n')}\n`)
  await systemd.systemctl('daemon-reload')
  await systemd.systemctl('enable', unit)
}, turnLimitMs)
afterEach(async () => {
  connection.close()
  await host.leave()
  await systemd.end()
  await home.remove()
})

async function open(): Promise<void> {
  host = HostUnderTest.start(home)
  connection = await host.connect()
}

const gateways = () => processesWith(`--port\0${home.gatewayPort}\0`)

async function reachesPhase(phase: string): Promise<GatewayView> {
  let view = await viewOf(connection)
  await until(async () => {
    view = await viewOf(connection)
    return view.state.name === 'serviceManaged' && view.state.phase === phase
  }, `the phase ${phase}`)
  return view
}

describeWith(['user-systemd', 'procfs'], 'a gateway that systemd runs', () => {
  it('is shown and never doubled, is started and stopped by systemd, and ours follows its removal', async () => {
    await open()
    await reachesPhase('stopped')
    expect(gateways()).toEqual([])
    await connection.call('gateway.start')
    const first = await reachesPhase('running')
    expect(pidOf(first.state)).toBe(await systemd.mainPid(unit))
    expect(gateways()).toEqual([pidOf(first.state)])

    await connection.call('gateway.restart')
    await until(async () => pidOf((await viewOf(connection)).state) !== pidOf(first.state), 'another process')
    const second = await reachesPhase('running')
    expect(gateways()).toEqual([await systemd.mainPid(unit)])

    connection.close()
    await host.leave()
    expect(isAlive(pidOf(second.state) ?? Number.NaN)).toBe(true)
    await open()
    expect(await reachesPhase('running')).toMatchObject({ state: { pid: pidOf(second.state) } })
    // No pid must not become 0: that is this very group of processes.
    process.kill(pidOf(second.state) ?? 0, 'SIGKILL')
    const failed = await reachesPhase('failed')
    expect(failed.state).toMatchObject({ unwell: { code: 'GATEWAY_SERVICE_ENDED', params: { unit } } })
    expect(gateways()).toEqual([])
    await connection.call('gateway.start')
    await reachesPhase('running')
    await connection.call('gateway.stop')
    expect(await reachesPhase('stopped')).toMatchObject({ intent: 'stopped' })
    expect(gateways()).toEqual([])

    await systemd.systemctl('disable', unit)
    rmSync(join(systemd.unitFolder, unit))
    await systemd.systemctl('daemon-reload')
    await reaches(connection, 'stopped')
    await connection.call('gateway.start')
    const ours = await reaches(connection, 'running')
    expect(gateways()).toEqual([pidOf(ours.state)])
  })
})
