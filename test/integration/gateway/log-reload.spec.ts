import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { connectParams } from '../../unit/gateway/server/device.ts'
import { freePort, homes, programs } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'

const home = homes()
const run = programs()

describe('a change of logging', () => {
  it('is in force without a restart: level, place and console; and so is the access log’s place', async () => {
    const { env, base, stateDir, configPath, readLog } = home('{ gateway: { mode: "local" } }')
    const port = await freePort()
    const gateway = run(['gateway', '--port', String(port)], env)
    await gateway.untilOutput('The gateway is ready')
    const refuse = async (name: string) => {
      const stranger = await openSocket(port)
      const params = { ...connectParams('wrong'), userAgent: name }
      await stranger.request('connect', params).catch(() => {})
      await stranger.closed
    }
    await refuse('before')
    expect(readLog()).not.toContain('"DEBUG"')
    const logging = { level: 'debug', consoleLevel: 'error', file: join(base, 'own/own.log') }
    writeFileSync(configPath, JSON.stringify({ gateway: { mode: 'local' }, logging }))
    const own = () => readFileSync(logging.file, 'utf8')
    await until(async () => {
      await refuse('after')
      return readdirSync(base).includes('own') && own().includes('"DEBUG"')
    }, 'a debug line in the new file')
    const before = gateway.output()
    await refuse('quiet')
    // A warning is for the file now, and not for the console.
    expect(gateway.output().stderr).toBe(before.stderr)
    const [name = ''] = readdirSync(join(stateDir, 'logs')).filter((each) => each.startsWith('access-'))
    expect(readFileSync(join(stateDir, 'logs', name), 'utf8')).toContain('client not let in')
    expect(gateway.child.exitCode).toBeNull()
  })
})
