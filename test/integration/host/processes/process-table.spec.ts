import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { afterEach, expect, it } from 'vitest'
import { openProcessTable } from '../../../../host/processes/open-process-table.ts'
import { isSameProcess } from '../../../../host/processes/process-table.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { describeWith } from '../../../setup/requirements.ts'

const table = openProcessTable()
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function start(file: string, args: readonly string[], options: object = {}): number {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'], ...options })
  children.push(child)
  return child.pid ?? 0
}

async function listen(host: string): Promise<{ port: number; close(): void }> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, host, done))
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, close: () => server.close() }
}

describeWith(['procfs'], 'the process table', () => {
  it('knows a process by pid and start time, until it ends', async () => {
    const pid = start('sleep', ['30'])
    const identity = table.identify(pid)
    if (!identity) throw new Error('unknown')
    expect(isSameProcess(table, identity)).toBe(true)
    expect(isSameProcess(table, { ...identity, startTime: '1' })).toBe(false)
    expect(await table.describe(pid)).toMatchObject({ pid, program: 'sleep', user: userInfo().username })
    expect(Math.abs(((await table.describe(pid))?.startedAt ?? 0) - Date.now())).toBeLessThan(5_000)
    children[0]?.kill('SIGKILL')
    await until(() => table.identify(pid) === null, 'the end')
  })

  it('counts a zombie as gone', async () => {
    // Never asks how its child ended; a parent that ignores SIGCHLD, which is inherited, would leave no zombie.
    const parent = start('perl', [
      '-e',
      '$SIG{CHLD} = "DEFAULT"; $| = 1; my $pid = fork or exit; print "$pid\\n"; sleep 30',
    ])
    const zombie = await new Promise<number>((done) =>
      children[0]?.stdout?.once('data', (data) => done(Number(data))),
    )
    expect(zombie).toBeGreaterThan(0)
    await until(() => table.identify(zombie) === null, 'the zombie to be ignored')
    expect(() => process.kill(zombie, 0)).not.toThrow()
    expect(table.identify(parent)).not.toBeNull()
  })

  it.each(['127.0.0.1', '0.0.0.0', '::'])('names who listens on %s', async (host) => {
    const server = await listen(host)
    expect(await table.findListener(server.port)).toMatchObject({
      kind: 'process',
      process: { pid: process.pid },
    })
    expect(await table.holdsListener(process.pid, server.port)).toBe(true)
    expect(await table.holdsListener(process.ppid, server.port)).toBe(false)
    server.close()
    await until(async () => (await table.findListener(server.port)) === null, 'the port to be free')
  })

  it('measures memory and CPU time', async () => {
    const pid = start(process.execPath, ['-e', 'for (;;);'])
    await until(async () => ((await table.usage(pid))?.cpuMs ?? 0) >= 100, '100 ms of CPU')
    expect((await table.usage(pid))?.rssBytes).toBeGreaterThan(10_000_000)
    expect(await table.usage(2 ** 22 + 1)).toBeNull()
  })

  it('finds processes by an exact value in their environment', async () => {
    const value = `mark-${process.pid}-${Date.now()}`
    const pid = start('sleep', ['30'], { env: { PATH: process.env.PATH, MOLTBOT_SUPERVISOR: value } })
    start('sleep', ['30'], { env: { PATH: process.env.PATH, MOLTBOT_SUPERVISOR: `${value}0` } })
    start('sleep', [`30`], { env: { PATH: process.env.PATH, OTHER: `MOLTBOT_SUPERVISOR=${value}` } })
    await until(async () => (await table.findByEnvironment('MOLTBOT_SUPERVISOR', value)).length > 0, 'it')
    expect((await table.findByEnvironment('MOLTBOT_SUPERVISOR', value)).map((one) => one.pid)).toEqual([pid])
  })
})
