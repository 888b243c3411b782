import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { HostConnection } from '../../../../host/transports/control-client.ts'
import {
  type HostUnderTest,
  reaches,
  type TestHome,
  timelineOf,
  until,
} from '../../../fixtures/host-under-test.ts'
import { holdsPort, isAlive } from '../../../fixtures/kernel.ts'
import { dyingGateway, goodGateway, mutedGateway, NpmRegistry } from '../../../fixtures/npm-registry.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { commandLine } from '../../gateway/gateway-process.ts'
import {
  answered,
  foldersOf,
  installed,
  makeUpdatingHome,
  openUpdatingHost,
  updatesOf,
  used,
  whoAnswers,
} from './updating-home.ts'

let registry: NpmRegistry
let home: TestHome
let host: HostUnderTest
let connection: HostConnection
const name = 'clawdbot'
/** On a machine with other work. */
const timeout = 120_000

beforeEach(async () => {
  registry = await NpmRegistry.start()
  home = await makeUpdatingHome(registry)
})
afterEach(async () => {
  connection?.close()
  await host?.leave()
  await registry.close()
  await home.remove()
})

/** One that writes something into the configuration that the built-in gateway refuses, and ends. */
function spoilingGateway(version: string, configPath: string): string {
  const spoil = `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(configPath)}, '{ gateway: {')\n`
  return dyingGateway(version).replace('console.error', `${spoil}console.error`)
}

describeWith(['procfs'], 'a gateway from an npm package', () => {
  it('runs in the place of the present one, and one that is not well does not', { timeout }, async () => {
    const configPath = join(home.stateDir, 'moltbot.json')
    await registry.publish(
      name,
      [
        { version: '2026.1.24-3', script: goodGateway('2026.1.24-3') },
        { version: '2026.2.3', script: spoilingGateway('2026.2.3', configPath) },
      ],
      { latest: '2026.1.24-3' },
    )
    ;({ host, connection } = await openUpdatingHost(home))
    expect(await whoAnswers(home, connection)).toContain('gateway/cli/main.ts')
    await answered(connection.call('updates.change', { followed: name }))
    const { gateway } = await answered(connection.call('updates.check'))
    expect(gateway).toMatchObject({
      followed: name,
      active: { id: 'built-in' },
      offer: { version: '2026.1.24-3', notesUrl: 'https://github.com/example/gateway/releases' },
      problem: null,
    })
    const skipped = await answered(
      connection.call('updates.skip', { what: 'gateway', version: '2026.1.24-3' }),
    )
    expect(skipped.gateway).toMatchObject({ offer: null, skipped: '2026.1.24-3' })
    const told = await answered(connection.call('updates.skip', { what: 'gateway', version: null }))
    expect(told.gateway.offer).toEqual(gateway.offer)
    const good = `${name}@2026.1.24-3`
    expect(await installed(connection, '2026.1.24-3')).toMatchObject({
      state: 'done',
      result: { kind: 'gateway.install', id: good, from: 'built-in', healthy: true },
    })
    expect(await whoAnswers(home, connection)).toContain(
      `/gateways/${good}/node_modules/${name}/dist/entry.js`,
    )
    expect((await updatesOf(connection)).gateway).toMatchObject({ active: { id: good }, offer: null })
    const kept = join(home.hostDir, 'gateways', `config-before-${good}.json5`)
    expect(readFileSync(kept, 'utf8')).toBe(readFileSync(configPath, 'utf8'))
    expect(statSync(kept).mode & 0o777).toBe(0o600)

    const config = readFileSync(configPath, 'utf8')
    // One that dies at once, and leaves a configuration that no other gateway would start on.
    const failing = `${name}@2026.2.3`
    const undone = {
      code: 'GATEWAY_UPDATE_UNDONE',
      params: { from: good, to: failing, detail: expect.stringContaining('lies at') },
    }
    expect(await installed(connection, '2026.2.3')).toMatchObject({ state: 'failed', problem: undone })
    expect(await whoAnswers(home, connection)).toContain(`/gateways/${good}/`)
    const view = await updatesOf(connection)
    expect(view.gateway).toMatchObject({ active: { id: good }, problem: undone })
    expect(JSON.stringify(view.gateway.problem), 'its last lines').toContain('no such model')
    const [last] = (await timelineOf(connection)).filter(({ kind }) => kind === 'gatewayUpdateUndone')
    expect(last?.problem).toMatchObject(undone)
    expect(readFileSync(configPath, 'utf8'), 'the configuration is whole').toBe(config)
    const removed = await answered(connection.call('updates.removeGateway', { id: failing }))
    expect(removed.gateway.installed.map(({ id }) => id)).toEqual(['built-in', good])
    expect(foldersOf(home)).toEqual([good])

    // An older day is not offered, and said; that the tag lags behind by an edition of the day is not worth a word.
    for (const [version, problem] of [
      [
        '2026.1.23',
        { code: 'GATEWAY_DOWNGRADE', params: { name, current: '2026.1.24-3', offered: '2026.1.23' } },
      ],
      ['2026.1.24', null],
    ] as const) {
      await registry.publish(name, [{ version, script: goodGateway(version) }])
      const after = await answered(connection.call('updates.check'))
      expect(after.gateway).toMatchObject({ offer: null, problem })
    }

    // In use: neither removed, nor is a command's word enough.
    for (const id of [good, 'built-in']) {
      expect(await connection.call('updates.removeGateway', { id })).toMatchObject({ code: 'GATEWAY_IN_USE' })
    }
    expect(await used(connection, 'built-in')).toMatchObject({ result: { id: 'built-in', from: good } })
    expect(await whoAnswers(home, connection)).toContain('gateway/cli/main.ts')

    // One that the owner has stopped stays so.
    await answered(connection.call('gateway.stop'))
    await reaches(connection, 'stopped')
    expect(await used(connection, good)).toMatchObject({
      state: 'done',
      result: { id: good, healthy: false },
    })
    expect(await reaches(connection, 'stopped')).toMatchObject({ intent: 'stopped' })
  })

  it('that answers nobody is given up in time', { timeout }, async () => {
    await registry.publish(name, [{ version: '2026.2.2', script: mutedGateway('2026.2.2') }])
    ;({ host, connection } = await openUpdatingHost(home, { packageHealthLimitMs: 1_500 }))
    await answered(connection.call('updates.change', { followed: name }))
    const job = await installed(connection, '2026.2.2')
    expect(job).toMatchObject({
      state: 'failed',
      problem: {
        code: 'GATEWAY_UPDATE_UNDONE',
        params: { from: 'built-in', to: `${name}@2026.2.2`, detail: 'not ready within 1.5 s' },
      },
    })
    expect(await whoAnswers(home, connection)).toContain('gateway/cli/main.ts')
    expect(foldersOf(home)).toEqual([`${name}@2026.2.2`])
  })

  it('takes the place of none that somebody started by hand', { timeout }, async () => {
    ;({ host, connection } = await openUpdatingHost(home))
    await whoAnswers(home, connection) // so that there is a configuration
    connection.close()
    await host.leave()
    const args = [commandLine, 'gateway', '--port', String(home.gatewayPort)]
    const byHand = spawn(process.execPath, args, { env: home.env, stdio: 'ignore' })
    try {
      await until(() => holdsPort(byHand.pid ?? 0, home.gatewayPort), 'its listener')
      ;({ host, connection } = await openUpdatingHost(home))
      await reaches(connection, 'adopted')
      await answered(connection.call('updates.change', { followed: name }))
      const asks = registry.requests.length
      const refused = { code: 'GATEWAY_ADOPTED', params: { pid: byHand.pid } }
      expect(await installed(connection, '2026.1.24')).toMatchObject({ state: 'failed', problem: refused })
      expect(registry.requests.length, 'something was asked for').toBe(asks)
      expect(await used(connection, 'built-in')).toMatchObject({
        result: { id: 'built-in', from: 'built-in' },
      })
      expect(isAlive(byHand.pid ?? 0)).toBe(true)
    } finally {
      byHand.kill('SIGTERM')
      await new Promise((resolve) => byHand.once('close', resolve))
    }
  })
})
