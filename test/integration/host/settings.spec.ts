import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SettingsView } from '../../../shared/settings.ts'
import {
  fakeGateway,
  freePort,
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  until,
} from '../../fixtures/host-under-test.ts'

describe('the settings of a host', () => {
  let home: TestHome
  let host: HostUnderTest
  beforeEach(async () => {
    home = await makeHome()
    await mkdir(home.stateDir, { mode: 0o700 })
    await writeFile(join(home.stateDir, 'moltbot.json'), `{ gateway: { port: ${home.gatewayPort} } }`)
    host = HostUnderTest.startByConfiguration(home, [process.execPath, fakeGateway])
  })
  afterEach(async () => {
    await host.leave()
    await home.remove()
  })

  it('are told to everyone, and every change of many at once is kept', async () => {
    const [mine, other] = [await host.connect(), await host.connect()]
    const heard: SettingsView[] = []
    other.on('settings.changed', (view) => heard.push(view))
    const answers = await Promise.all([
      mine.call('settings.change', { theme: 'dark' }),
      other.call('settings.change', { notifications: false }),
      mine.call('settings.change', { language: 'zh-CN' }),
    ])
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true])
    const chosen = { theme: 'dark', notifications: false, language: 'zh-CN', openAtStart: true }
    await until(() => heard.length === 3, 'three events')
    expect(heard.at(-1)?.settings).toEqual(chosen)
    const stored = JSON.parse(await readFile(join(home.hostDir, 'settings.json'), 'utf8'))
    expect({ openAtStart: true, ...stored }).toEqual(chosen)
    mine.close()
    other.close()
  })

  it('refuse what is no setting', async () => {
    const connection = await host.connect()
    // Nothing but this contract may cross: the types are left on purpose.
    const call = connection.call.bind(connection) as (call: string, ...args: unknown[]) => Promise<unknown>
    for (const wrong of [
      { theme: 'sepia' },
      { stateDir: '/' },
      { __proto__: null, language: 1 },
      'dark',
      null,
    ]) {
      expect(await call('settings.change', wrong)).toMatchObject({ ok: false, code: 'CALL_ARGUMENTS' })
    }
    for (const port of [0, 65_536, 1.5, '80', undefined]) {
      expect(await call('settings.setGatewayPort', { port })).toMatchObject({ code: 'CALL_ARGUMENTS' })
    }
    connection.close()
  })

  it('follow a port that was written by hand, at the next start', async () => {
    const connection = await host.connect()
    await reaches(connection, 'running')
    const next = await freePort()
    const heard: SettingsView[] = []
    connection.on('settings.changed', (view) => heard.push(view))
    await writeFile(join(home.stateDir, 'moltbot.json'), `{ gateway: { port: ${next} } }`)
    await connection.call('gateway.restart')
    await until(() => heard.at(-1)?.gatewayPort.next === next, 'the port of the next start')
    await until(async () => (await reaches(connection, 'running')).port === next, 'the new port')
    connection.close()
  })
})
