import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freePort, homes, programs } from './gateway-process.ts'

const home = homes()
const run = programs()

it('a gateway that somebody starts by hand does not run on half of two states', async () => {
  const { env, stateDir } = home('{ gateway: { mode: "local" } }')
  mkdirSync(join(stateDir, '.moltbot-restore'))
  writeFileSync(join(stateDir, '.moltbot-restore/journal.json'), '{}')
  const gateway = run(['gateway', '--port', String(await freePort())], env)
  expect(await gateway.exit).toBe(78)
  expect(gateway.output().stderr).toContain('A restore was cut off')
})

it('and neither does one that a host is asked for, until the state is whole', async () => {
  const { env, stateDir } = home('{ gateway: { mode: "local" } }')
  mkdirSync(join(stateDir, '.moltbot-restore'))
  writeFileSync(join(stateDir, '.moltbot-restore/journal.json'), 'no journal')
  const port = String(await freePort())
  const host = run(['host', '--port', '0', '--no-open', '--gateway-port', port], env)
  await host.untilOutput('A restore was cut off')
  const start = run(['service', 'start', '--json'], env)
  expect(await start.exit).toBe(1)
  expect(JSON.parse(start.output().stdout)).toMatchObject({ code: 'RESTORE_INTERRUPTED' })
  // The remedy: whoever has looked at both states takes the journal away.
  renameSync(join(stateDir, '.moltbot-restore/journal.json'), join(stateDir, 'journal-of-a-restore.json'))
  expect(await run(['service', 'start'], env).exit).toBe(0)
  host.child.kill('SIGTERM')
  expect(await host.exit).toBe(0)
})
