import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { servicePort } from '../../../../host/gateway-service/service-port.ts'

let base = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'moltbot-port-'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

it('the port of a service is what its own command, variables and configuration say', async () => {
  const unit = join(base, 'moltbot-gateway.service')
  const env = { MOLTBOT_GATEWAY_PORT: '1111' }
  const port = () => servicePort(unit, env, base)
  expect(await port()).toBe(1111)
  writeFileSync(
    join(base, 'moltbot.json'),
    '{ gateway: { port: 2222, auth: { token: "$' + '{NOT_HERE}" } } }',
  )
  writeFileSync(unit, `[Service]\nExecStart=/x gateway\nEnvironment=MOLTBOT_STATE_DIR=${base}\n`)
  expect(await port()).toBe(2222)
  writeFileSync(unit, '[Service]\nExecStart=/x gateway\nEnvironment=CLAWDBOT_GATEWAY_PORT=3333\n')
  expect(await port()).toBe(3333)
  for (const flag of ['--port 4444', '--port=4444']) {
    writeFileSync(unit, `[Service]\nExecStart=/x gateway ${flag}\nEnvironment=CLAWDBOT_GATEWAY_PORT=3333\n`)
    expect(await port()).toBe(4444)
  }
})
