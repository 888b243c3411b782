import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { HostConnection } from '../../../../host/transports/control-client.ts'
import { type HostUnderTest, type TestHome, timelineOf, until } from '../../../fixtures/host-under-test.ts'
import { processesWith } from '../../../fixtures/kernel.ts'
import { dyingGateway, goodGateway, NpmRegistry } from '../../../fixtures/npm-registry.ts'
import { describeWith } from '../../../setup/requirements.ts'
import {
  answered,
  foldersOf,
  makeUpdatingHome,
  openUpdatingHost,
  updatesOf,
  whoAnswers,
} from './updating-home.ts'

let registry: NpmRegistry
let home: TestHome
let host: HostUnderTest
let connection: HostConnection
const name = 'clawdbot'
const good = '2026.1.24'
const dying = '2026.2.1'
const stalled = '2026.2.2'

beforeEach(async () => {
  registry = await NpmRegistry.start()
  await registry.publish(name, [
    { version: good, script: goodGateway(good) },
    { version: dying, script: dyingGateway(dying) },
    { version: stalled, script: goodGateway(stalled), delivery: 'stalled' },
  ])
  home = await makeUpdatingHome(registry)
})
afterEach(async () => {
  connection?.close()
  await host?.leave()
  await registry.close()
  await home.remove()
})

/** What is installed from the first step on that has it, and the version whose switch is cut off there. */
const steps = [
  ['checkingHealth', good, true],
  ['installing', stalled, false],
  ['verifying', good, false],
  ['swapping', good, true],
  ['starting', good, true],
  ['returning', dying, true],
] as const
/** All of them take minutes on a machine with other work. */
const tried = steps.slice(0, Number(process.env.MOLTBOT_TEST_TRIALS ?? 1))

describeWith(['procfs'], 'a host that is killed', () => {
  it.each(tried)(
    'while %s leaves a gateway that is well, and nothing half',
    { timeout: 120_000 },
    async (step, version, isInstalled) => {
      ;({ host, connection } = await openUpdatingHost(home, {}, ['--die-at', step]))
      await whoAnswers(home, connection)
      await answered(connection.call('updates.change', { followed: name }))
      await connection.call('updates.installGateway', { version })
      await until(() => host.process.signalCode === 'SIGKILL', 'its end', 60_000)
      connection.close()
      // Also what it had started is gone: npm would go on writing.
      await until(() => processesWith(home.folder).length === 0, 'the end of what it started')

      const record = readRecord()
      ;({ host, connection } = await openUpdatingHost(home))
      expect(await whoAnswers(home, connection)).toContain('gateway/cli/main.ts')
      const id = `${name}@${version}`
      await until(() => foldersOf(home).every((folder) => folder === id), 'tidying')
      const { gateway } = await updatesOf(connection)
      expect(gateway.active.id).toBe('built-in')
      expect(gateway.installed.map((one) => one.id)).toEqual(isInstalled ? ['built-in', id] : ['built-in'])
      const wasPending = record?.pending !== undefined && record.pending !== null
      expect(wasPending, 'it was cut off in the middle of the switch').toBe(
        isInstalled && step !== 'swapping',
      )
      if (!wasPending) return
      expect(gateway.problem).toMatchObject({
        code: 'GATEWAY_UPDATE_UNDONE',
        params: { from: 'built-in', to: id },
      })
      const kinds = (await timelineOf(connection)).map(({ kind }) => kind)
      expect(kinds).toContain('gatewayUpdateUndone')
      expect(readRecord()?.pending).toBeNull()
    },
  )
})

function readRecord(): { pending: object | null } | null {
  try {
    return JSON.parse(readFileSync(join(home.hostDir, 'gateways.json'), 'utf8'))
  } catch {
    return null
  }
}
