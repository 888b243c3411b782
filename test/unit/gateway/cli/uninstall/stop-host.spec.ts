import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { stopHost } from '../../../../../gateway/cli/uninstall/stop-host.ts'
import { openProcessTable } from '../../../../../host/processes/open-process-table.ts'
import { isAlive } from '../../../../fixtures/kernel.ts'

const folder = mkdtempSync(join(tmpdir(), 'moltbot-stop-'))
const lockPath = join(folder, 'host.lock')
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('ends the holder of the lock, and no process that only has its pid', async () => {
  const sleeper = spawn('sleep', ['60'])
  const { pid = 0 } = sleeper
  const ended = once(sleeper, 'exit')
  const identity = openProcessTable().identify(pid)
  const holder = { pid, startTime: identity?.startTime ?? '', bootId: 'boot', socketPath: '/nowhere' }
  try {
    writeFileSync(lockPath, JSON.stringify({ ...holder, startTime: `${holder.startTime}1` }))
    expect(await stopHost(lockPath)).toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(isAlive(pid)).toBe(true)
    writeFileSync(lockPath, JSON.stringify(holder))
    expect(await stopHost(lockPath)).toBeNull()
    expect(await ended).toEqual([null, 'SIGTERM'])
  } finally {
    sleeper.kill('SIGKILL')
  }
})
