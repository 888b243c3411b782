import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ChildProbe } from '../../../../host/gateway/probe-child.ts'
import { openProcessTable } from '../../../../host/processes/open-process-table.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { freePort, token } from '../../gateway/gateway-process.ts'

const program = join(import.meta.dirname, '../../../fixtures/fake-gateway/fake-package.ts')
const nonce = 'c4nary-nonce'
let port: number
let child: ChildProcess
const probes: ChildProbe[] = []

beforeEach(async () => {
  port = await freePort()
  child = spawn(process.execPath, [program, 'gateway', '--allow-unconfigured', '--port', String(port)], {
    env: {
      PATH: process.env.PATH,
      MOLTBOT_TEST_RUN: process.env.MOLTBOT_TEST_RUN,
      MOLTBOT_SUPERVISOR: nonce,
      CLAWDBOT_GATEWAY_TOKEN: token,
      CLAWDBOT_CONFIG_PATH: '/nowhere',
    },
    stdio: 'inherit',
  })
  await until(
    () =>
      fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      ),
    'the package',
  )
})
afterEach(async () => {
  for (const probe of probes.splice(0)) probe.close()
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await ended
})

function probeWith(given: string, mark = nonce) {
  let asked = 0
  const readToken = async () => {
    asked += 1
    return given
  }
  const probe = new ChildProbe({ table: openProcessTable(), nonce: mark, readToken })
  probes.push(probe)
  probe.launching('package', '2026.1.24-3')
  return { probe, asked: () => asked }
}

describeWith(['procfs'], 'a probe of a Moltbot from npm', () => {
  it('takes it for ready once it accepts the token, and any HTTP answer for a sign of life from then on', async () => {
    const { probe, asked } = probeWith(token)
    const pid = child.pid ?? 0
    for (let looks = 0; looks < 3; looks += 1) {
      expect(await probe.probe(port, pid, 1_000)).toEqual({ kind: 'live', version: '2026.1.24-3' })
    }
    expect(asked()).toBe(1)
  })

  it('is not misled by an answer in HTTP alone', async () => {
    const { probe } = probeWith('another-token-0123456789abcdef0123456789')
    expect(await probe.probe(port, child.pid ?? 0, 1_000)).toMatchObject({ kind: 'silent' })
  })

  it('knows what its first process has started by our mark, and asks nobody else for anything', async () => {
    const first = process.pid // holds no listener
    expect(await probeWith(token).probe.probe(port, first, 1_000)).toMatchObject({ kind: 'live' })
    const foreign = probeWith(token, 'another-nonce')
    expect(await foreign.probe.probe(port, first, 1_000)).toEqual({
      kind: 'silent',
      detail: 'another program answers',
    })
    expect(foreign.asked()).toBe(0)
  })
})
