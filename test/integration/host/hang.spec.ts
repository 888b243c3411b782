import { homedir } from 'node:os'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../../host/clock.ts'
import { writeWhatIsMissing } from '../../../host/config/first-run.ts'
import { resolveStatePaths } from '../../../host/config/state-paths.ts'
import { type Host, openHost } from '../../../host/host.ts'
import { prepareHostDir, resolveHostPaths } from '../../../host/host-paths.ts'
import { readBootId } from '../../../host/processes/boot-id.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { figures } from '../../../host/supervisor/figures.ts'
import { pidOf } from '../../../shared/gateway-state.ts'
import { fakeGateway, makeHome, type TestHome, until } from '../../fixtures/host-under-test.ts'
import { isAlive } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'

/** The figures of DESIGN, a tenth as long, so that the same rules can be watched within seconds. */
const quick = {
  ...figures,
  probeEveryMs: 200,
  probeLimitMs: 100,
  hungAfterMs: 1_500,
  startGraceMs: 500,
  killAfterMs: 500,
}

let home: TestHome
let host: Host
beforeEach(async () => {
  home = await makeHome()
})
afterEach(async () => {
  await host.quit()
  await home.remove()
})

async function open(switches: readonly string[]): Promise<void> {
  const table = openProcessTable()
  const hostPaths = resolveHostPaths(home.env, homedir(), process.platform)
  const statePaths = resolveStatePaths(home.env, homedir())
  await prepareHostDir(hostPaths.hostDir)
  await writeWhatIsMissing(statePaths, home.env)
  host = await openHost({
    clock: systemClock,
    figures: quick,
    table,
    env: home.env,
    hostPaths,
    statePaths,
    gatewayCommand: { file: process.execPath, args: [fakeGateway, ...switches] },
    nodePath: process.execPath,
    gatewayPortFlag: String(home.gatewayPort),
    identity: table.identify(process.pid) ?? { pid: 0, startTime: '' },
    bootId: readBootId(),
    shell: 'headless',
    freshLink: () => '',
  })
  host.begin()
}

const snapshot = async () => host.handlers['host.snapshot']()
const state = async () => (await snapshot()).gateway.state

describeWith(['procfs'], 'a gateway whose event loop is blocked for good', () => {
  it('is warned about, then ended and replaced: TCP still connects, so only a reply counts', async () => {
    await open(['--hang-at', '300', '--deaf'])
    await until(async () => (await state()).name === 'running', 'running')
    const pid = pidOf(await state()) ?? 0
    await until(async () => (await state()).name === 'degraded', 'the warning')
    expect(isAlive(pid)).toBe(true)
    await until(() => !isAlive(pid), 'the hung process to end')
    await until(async () => (await state()).name === 'running' && pidOf(await state()) !== pid, 'another one')
    const kinds = (await snapshot()).timeline.map(({ kind }) => kind)
    expect(kinds).toEqual(
      expect.arrayContaining(['gatewayDegraded', 'gatewayHung', 'gatewayKilled', 'gatewayReady']),
    )
  })
})

describeWith(['procfs'], 'a gateway that answers but says that it is unwell', () => {
  it('is shown with its reason and left alone', async () => {
    await open(['--unwell-at', '600'])
    await until(async () => (await state()).name === 'degraded', 'the warning')
    const pid = pidOf(await state()) ?? 0
    await new Promise((done) => setTimeout(done, 2_000))
    expect(await state()).toMatchObject({ name: 'degraded', pid, why: { code: 'GATEWAY_UNWELL' } })
    expect(isAlive(pid)).toBe(true)
  })
})
