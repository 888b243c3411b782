import { spawn } from 'node:child_process'
import { chmod, lstat, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createConnection, createServer as createUnixServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readBootId } from '../../../host/processes/boot-id.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { pidOf } from '../../../shared/gateway-state.ts'
import {
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  until,
  viewOf,
} from '../../fixtures/host-under-test.ts'
import { isAlive, processesWith } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'

const commandLine = join(import.meta.dirname, '../../../gateway/cli/main.ts')
let home: TestHome
const hosts: HostUnderTest[] = []
beforeEach(async () => {
  home = await makeHome()
})
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.leave()
  for (const pid of processesWith(home.folder)) process.kill(pid, 'SIGKILL')
  await home.remove()
})

function start(): HostUnderTest {
  const host = HostUnderTest.start(home)
  hosts.push(host)
  return host
}

describeWith(['procfs'], 'a second host of the same user', () => {
  it("prints the first one's address with a fresh code, and ends, touching nothing", async () => {
    const first = start()
    const connection = await first.connect()
    const before = await reaches(connection, 'running')
    const second = start()
    const link = new URL(await second.link())
    expect(await second.exited).toBe(0)
    const original = new URL(await first.link())
    expect(link.host).toBe(original.host)
    expect(link.hash).not.toBe(original.hash)
    expect(pidOf((await viewOf(connection)).state)).toBe(pidOf(before.state))
    connection.close()
    const session = await fetch(new URL('/session', link), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: link.origin },
      body: JSON.stringify({ code: link.hash.slice('#code='.length) }),
    })
    expect(session.status).toBe(200)
  })

  it('started at the same moment: one runs, the others lead to it', async () => {
    const all = [start(), start(), start(), start()]
    const links = await Promise.all(all.map((host) => host.link()))
    expect(new Set(links.map((link) => new URL(link).host)).size).toBe(1)
    await until(() => all.filter((host) => isAlive(host.pid)).length === 1, 'three to end')
  })

  it('waits for one that is closing, and takes over', { timeout: 20_000 }, async () => {
    const first = HostUnderTest.start(home, ['--deaf'])
    hosts.push(first)
    const connection = await first.connect()
    await reaches(connection, 'running')
    process.kill(first.pid, 'SIGTERM')
    await until(async () => (await viewOf(connection)).state.name === 'stopping', 'the stop to begin')
    const second = start()
    await second.link()
    expect(isAlive(first.pid)).toBe(false)
    expect(await first.exited).toBe(0)
    expect(second.stderr).toContain('is closing')
    await reaches(await second.connect(), 'running')
  })

  it('is not fooled by a socket that was removed: the first one makes it again', {
    timeout: 20_000,
  }, async () => {
    const first = start()
    const connection = await first.connect()
    const { state } = await reaches(connection, 'running')
    await rm(join(home.hostDir, 'run'), { recursive: true })
    const second = start()
    expect(new URL(await second.link()).host).toBe(new URL(await first.link()).host)
    expect(await second.exited).toBe(0)
    expect(isAlive(first.pid)).toBe(true)
    expect(isAlive(pidOf(state) ?? 0)).toBe(true)
    expect(await viewOf(connection)).toMatchObject({ state: { pid: pidOf(state) } })
  })

  it('does not take one of another version, which answers in another form, for hung', async () => {
    const server = createUnixServer((client) => {
      client.on('data', (data) => {
        const { id, call } = JSON.parse(String(data))
        const value =
          call === 'host.link' ? { url: 'http://127.0.0.1:1/#code=old' } : { of: 'another version' }
        client.write(`${JSON.stringify({ id, ok: true, value })}\n`)
      })
    })
    await mkdir(join(home.hostDir, 'run'), { recursive: true, mode: 0o700 })
    const socketPath = join(home.hostDir, 'run', 'host.sock')
    await new Promise<void>((done) => server.listen(socketPath, done))
    const table = openProcessTable()
    // This process plays the other host: to be killed here would be noticed.
    const me = { ...table.identify(process.pid), bootId: readBootId(), socketPath }
    await writeFile(join(home.hostDir, 'host.lock'), JSON.stringify(me))
    const second = start()
    expect(await second.link()).toBe('http://127.0.0.1:1/#code=old')
    expect(await second.exited).toBe(0)
    server.close()
  })

  it('ends one that does not answer, and takes over', { timeout: 20_000 }, async () => {
    const first = start()
    const connection = await first.connect()
    const { state } = await reaches(connection, 'running')
    process.kill(first.pid, 'SIGSTOP')
    const second = start()
    await second.link()
    expect(isAlive(first.pid)).toBe(false)
    expect(isAlive(pidOf(state) ?? 0)).toBe(false)
    expect(second.stderr).toContain(`pid ${first.pid}) does not answer`)
    await reaches(await second.connect(), 'running')
  })
})

describeWith(['procfs'], 'a host that hangs', () => {
  it('is named by the command line as such, not as missing', async () => {
    const host = start()
    await host.link()
    process.kill(host.pid, 'SIGSTOP')
    const cli = spawn(process.execPath, [commandLine, 'service', 'status'], { env: home.env })
    let said = ''
    cli.stderr.on('data', (chunk) => {
      said += chunk
    })
    const code = await new Promise((done) => cli.once('close', done))
    process.kill(host.pid, 'SIGCONT')
    expect(code).toBe(3)
    expect(said).toContain(`pid ${host.pid}`)
  })
})

describeWith(['procfs'], 'the control socket', () => {
  it('is for its owner alone', async () => {
    await start().link()
    expect((await stat(join(home.hostDir, 'run'))).mode & 0o777).toBe(0o700)
    expect((await lstat(join(home.hostDir, 'run', 'host.sock'))).mode & 0o777).toBe(0o600)
    expect((await stat(home.hostDir)).mode & 0o777).toBe(0o700)
    if (process.getuid?.() !== 0) return
    // The folders above must not be what keeps others out.
    await chmod(home.folder, 0o755)
    // Becomes another user only after it was loaded: the tests may lie in a folder that only root may enter.
    const script = `process.setgid(65534); process.setuid(65534);
      require('net').connect('${join(home.hostDir, 'run', 'host.sock')}')
        .on('error', (error) => console.log(error.code)).on('connect', () => console.log('in'))`
    const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
    let said = ''
    other.stdout.on('data', (chunk) => {
      said += chunk
    })
    await new Promise((done) => other.once('close', done))
    expect(said.trim()).toBe('EACCES')
  })

  it.each([
    ['no JSON', 'hello\n'],
    ['another shape', '{"id":1}\n'],
    ['no number as id', '{"id":"1","call":"host.snapshot","args":[]}\n'],
    ['endless text', 'x'.repeat(200_000)],
  ])('cuts off who sends %s, and serves the next', async (_, text) => {
    const host = start()
    await host.link()
    const client = createConnection(join(home.hostDir, 'run', 'host.sock'))
    client.on('error', () => {})
    client.write(text)
    await new Promise((done) => client.once('close', done))
    const connection = await host.connect()
    connection.close()
  })

  it.each([
    ['an unknown call', 'host.format', [], 'CALL_UNKNOWN'],
    ['a name of Object', 'constructor', [], 'CALL_UNKNOWN'],
    ['a call with extra arguments', 'gateway.stop', ['now'], 'CALL_ARGUMENTS'],
    ['a call with wrong arguments', 'timeline.page', [{ before: 'x', limit: 1 }], 'CALL_ARGUMENTS'],
  ])('answers %s with a code', async (_, call, args, code) => {
    const host = start()
    await host.link()
    const client = createConnection(join(home.hostDir, 'run', 'host.sock'))
    client.write(`${JSON.stringify({ id: 5, call, args })}\n`)
    const answer = await new Promise<string>((done) => client.once('data', (data) => done(String(data))))
    client.destroy()
    expect(JSON.parse(answer)).toMatchObject({ id: 5, ok: false, code })
  })
})

describeWith(['procfs'], 'what stands in the way of a host', () => {
  it('a taken page port is named with its holder; nothing is left running', async () => {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const host = HostUnderTest.start(home, [], undefined, ['--port', String(port)])
    expect(await host.exited).toBe(1)
    expect(host.stderr).toContain(`pid ${process.pid}`)
    expect(host.stdout).toBe('')
    expect(processesWith(home.folder)).toEqual([])
    server.close()
  })

  it('a host folder that is a file is named, and stays as it is', async () => {
    await writeFile(home.hostDir, 'a file')
    const host = start()
    expect(await host.exited).toBe(1)
    expect(host.stderr).toContain(home.hostDir)
    expect(await readFile(home.hostDir, 'utf8')).toBe('a file')
  })

  it('a folder that lies where a file of the host belongs is named, and nothing is left running', async () => {
    await mkdir(join(home.hostDir, 'timeline.jsonl'), { recursive: true })
    const host = start()
    expect(await host.exited).toBe(1)
    expect(host.stderr).toContain(home.hostDir)
    expect(host.stderr).toContain('EISDIR')
    expect(host.stderr).not.toContain('    at ')
    expect(processesWith(home.folder)).toEqual([])
  })

  it('a path too long for a socket is named', async () => {
    const deep = join(home.folder, 'x'.repeat(90))
    await mkdir(deep)
    const env = { ...home.env, MOLTBOT_HOST_DIR: join(deep, 'host') }
    const host = HostUnderTest.start({ ...home, env })
    hosts.push(host)
    expect(await host.exited).toBe(1)
    expect(host.stderr).toContain('MOLTBOT_HOST_DIR')
    expect(processesWith(home.folder)).toEqual([])
  })

  it('a state folder that is a file is shown, and stays as it is', async () => {
    await writeFile(home.stateDir, 'precious')
    const host = start()
    const view = await reaches(await host.connect(), 'failed')
    expect(view.state).toMatchObject({
      problem: { code: 'STATE_DIR_NOT_A_FOLDER', params: { path: home.stateDir } },
    })
    expect(await readFile(home.stateDir, 'utf8')).toBe('precious')
    // The remedy shown: move it away.
    await rm(home.stateDir)
    await reaches(await host.connect(), 'running')
    expect(host.stderr).toContain(home.stateDir)
  })
})
