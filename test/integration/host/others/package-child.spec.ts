import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { listeningAddresses } from '../../../../host/processes/linux-sockets.ts'
import type { HostConnection } from '../../../../host/transports/control-client.ts'
import { pidOf } from '../../../../shared/gateway-state.ts'
import {
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  timelineOf,
} from '../../../fixtures/host-under-test.ts'
import { holdsPort, isAlive } from '../../../fixtures/kernel.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { token } from '../../gateway/gateway-process.ts'

const fakePackage = join(import.meta.dirname, '../../../fixtures/fake-gateway/fake-package.ts')
let home: TestHome
let host: HostUnderTest
let connection: HostConnection

beforeEach(async () => {
  home = await makeHome()
  home.env.CLAWDBOT_GATEWAY_TOKEN = token
  await mkdir(home.stateDir, { mode: 0o700 })
})
afterEach(async () => {
  connection.close()
  await host.leave()
  await home.remove()
})

describeWith(['procfs'], 'a Moltbot from npm as our child', () => {
  it('has its token in its environment alone, is ready once it speaks the protocol, may be slow to close', async () => {
    // Its own keys are none of our business.
    await writeFile(
      join(home.stateDir, 'moltbot.json'),
      '{ gateway: { port: "many", theirs: 1 }, logging: { level: 7 } }',
    )
    // Longer than ours may take; one of npm is given 12 s.
    const slow = ['--close-after', '5300']
    host = HostUnderTest.start(home, slow, [process.execPath, fakePackage, 'gateway'], ['--package'])
    connection = await host.connect()
    const view = await reaches(connection, 'running')
    expect(view.version).toBe('2026.1.24-3')
    const pid = pidOf(view.state) ?? 0
    expect(holdsPort(pid, home.gatewayPort)).toBe(true)
    expect(await listeningAddresses(home.gatewayPort)).toEqual(['127.0.0.1'])
    expect(readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')).toEqual(
      expect.arrayContaining([
        `CLAWDBOT_GATEWAY_TOKEN=${token}`,
        `CLAWDBOT_STATE_DIR=${home.stateDir}`,
        `CLAWDBOT_CONFIG_PATH=${join(home.stateDir, 'moltbot.json')}`,
      ]),
    )
    expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).not.toContain(token)
    expect(await connection.call('gateway.health')).toMatchObject({ ok: true })
    await connection.call('gateway.stop')
    await reaches(connection, 'stopped')
    expect(isAlive(pid)).toBe(false)
    const [stopped] = (await timelineOf(connection)).filter(({ kind }) => kind === 'gatewayStopped')
    expect(stopped?.evidence).toMatchObject({ pid, ended: 'exit code 0' })
  })
})
