import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectToHost, type HostConnection } from '../../../../host/transports/control-client.ts'
import type { TerminalEnded, TerminalOutput } from '../../../../shared/terminals.ts'
import { HostUnderTest, makeHome, type TestHome, until } from '../../../fixtures/host-under-test.ts'
import { processesWith } from '../../../fixtures/kernel.ts'
import { describeWith } from '../../../setup/requirements.ts'

const commandLine = resolve(import.meta.dirname, '../../../../gateway/cli/main.ts')

describeWith(['procfs'], 'terminals of a host', () => {
  let home: TestHome
  let host: HostUnderTest
  const connections: HostConnection[] = []

  beforeEach(async () => {
    home = await makeHome()
    home.env.SHELL = '/bin/sh'
    home.env.PS1 = '$ '
    host = HostUnderTest.start(home)
  })
  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.close()
    await host.leave()
    const left = processesWith(home.folder)
    await home.remove()
    expect(left, 'processes left behind').toEqual([])
  })

  async function connect() {
    await host.link()
    const connection = await connectToHost({ lockPath: join(home.hostDir, 'host.lock') })
    if (!connection) throw new Error(host.stderr)
    connections.push(connection)
    const pieces: TerminalOutput[] = []
    const ends: TerminalEnded[] = []
    connection.on('terminal.output', (piece) => pieces.push(piece))
    connection.on('terminal.ended', (end) => ends.push(end))
    return { connection, pieces, ends, text: () => pieces.map(({ data }) => data).join('') }
  }

  async function openWith({ connection }: Awaited<ReturnType<typeof connect>>): Promise<string> {
    const opened = await connection.call('terminal.open', { cols: 80, rows: 24 })
    if (!opened.ok) throw new Error(opened.code)
    return opened.value.id
  }

  it('tell their output to the connection that opened them, and end with it', async () => {
    const [one, other] = [await connect(), await connect()]
    const id = await openWith(one)
    await one.connection.call('terminal.write', { id, data: 'sleep 311 & echo wor""ks\r' })
    await until(() => one.text().includes('works'), 'the output')
    // The other one is told that one is open, and so hears events, but none of these.
    const known = await other.connection.call('host.snapshot')
    expect(known.ok && known.value.terminals.open).toBe(1)
    expect(await other.connection.call('terminal.write', { id, data: 'x' })).toMatchObject({
      ok: false,
      code: 'TERMINAL_GONE',
    })
    expect(other.pieces).toEqual([])
    one.connection.close()
    await until(() => processesWith('sleep\x00311').length === 0, 'what ran in it to end')
    const later = await other.connection.call('host.snapshot')
    expect(later.ok && later.value.terminals.open).toBe(0)
    expect(other.ends).toEqual([])
  })

  it('leave nothing behind when the host is killed', async () => {
    const one = await connect()
    const id = await openWith(one)
    const deaf = 'setsid nohup sh -c \'trap "" TERM HUP; sleep 312; :\' & sleep 313\r'
    await one.connection.call('terminal.write', { id, data: deaf })
    const sleeping = () => [312, 313].map((seconds) => processesWith(`sleep\0${seconds}`).length)
    await until(() => sleeping().every((count) => count > 0), 'the sleepers')
    process.kill(host.pid, 'SIGKILL')
    await host.exited
    await until(() => processesWith(home.folder).length === 0, 'nothing to be left', 2_000)
    expect(sleeping()).toEqual([0, 0])
  })

  it('are allowed in browsers by the command line, also for the next host', async () => {
    await host.link()
    const run = async (...args: string[]) => {
      const { stdout } = await promisify(execFile)(process.execPath, [commandLine, 'terminal', ...args], {
        env: home.env,
      })
      return stdout
    }
    expect(JSON.parse(await run('allow-browser', '--json'))).toMatchObject({
      ok: true,
      inBrowser: true,
      open: 0,
    })
    await host.leave()
    host = HostUnderTest.start(home)
    await host.link()
    expect(await run('status')).toMatch(/^In a browser {2}allowed\n/)
    expect(await run('forbid-browser')).toMatch(/^In a browser {2}off/)
  })
})
