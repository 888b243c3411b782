import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { problem } from '../../../shared/problem.ts'
import { ScriptedSocket } from '../../fixtures/scripted-socket.ts'
import { scriptedStates, snapshotOf } from '../../fixtures/scripted-states.ts'
import { homes, programs } from '../gateway/gateway-process.ts'

const home = homes()
const run = programs()

describe('terminal', () => {
  it('has done what it was asked for, also where the last terminal could not be opened', async () => {
    const { base, env } = home('{ gateway: { mode: "local" } }')
    const now = Date.now()
    const terminals = {
      revision: 1,
      inBrowser: true,
      open: 0,
      problem: problem('TERMINAL_UNAVAILABLE', { detail: 'EMFILE' }),
    }
    const host = new ScriptedSocket({ ...snapshotOf(scriptedStates(now).running, now), terminals })
    const socketPath = join(base, 'host.sock')
    await host.listen(socketPath)
    mkdirSync(join(base, 'host'), { recursive: true })
    const holder = { pid: process.pid, startTime: '', bootId: '', socketPath }
    writeFileSync(join(base, 'host', 'host.lock'), JSON.stringify(holder))
    for (const act of ['allow-browser', 'status']) {
      const said = run(['terminal', act], env)
      const inJson = run(['terminal', act, '--json'], env)
      expect([await said.exit, await inJson.exit]).toEqual([0, 0])
      expect(said.output().stdout).toMatch(/^In a browser {2}allowed\n/)
      expect(said.output().stderr).toContain('EMFILE')
      expect(JSON.parse(inJson.output().stdout)).toMatchObject({ ok: true, problem: terminals.problem })
    }
    await host.close()
  })
})
