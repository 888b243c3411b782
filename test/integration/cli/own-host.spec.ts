import { execFileSync, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { connectToHost } from '../../../host/transports/control-client.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { childrenOf, isAlive, processesWith } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'
import { commandLine, freePort, homes, type Program, programs } from '../gateway/gateway-process.ts'

const home = homes()
const run = programs()
const bases: string[] = []
afterEach(() => {
  for (const base of bases.splice(0)) for (const pid of processesWith(base)) process.kill(pid, 'SIGKILL')
})

/** A machine with state, on which no host runs. */
async function machine() {
  const made = home('{ gateway: { mode: "local" } }\n')
  bases.push(made.base)
  const env = { ...made.env, MOLTBOT_GATEWAY_PORT: String(await freePort()) }
  const lockPath = join(made.base, 'host/host.lock')
  const call = async (...args: string[]) => {
    const program = run(args, env)
    const code = await program.exit
    return { code, ...program.output() }
  }
  /** As the manual's own script makes it: nothing that takes long. */
  const plain = (): string => {
    const path = join(made.base, 'plain.tar.gz')
    execFileSync('tar', ['-C', made.stateDir, '-czf', path, './moltbot.json'])
    return path
  }
  const host = () => run(['host', '--port', '0', '--no-open'], env)
  /** Enough work for the command to be met at it, in parts after each of which it can end. */
  const fill = () => {
    mkdirSync(join(made.stateDir, 'agents'))
    for (let part = 0; part < 60; part++) {
      const path = join(made.stateDir, `agents/${part}.jsonl`)
      writeFileSync(path, '')
      truncateSync(path, 32 * 1024 ** 2)
    }
  }
  return { ...made, env, lockPath, call, plain, host, fill }
}

type Machine = Awaited<ReturnType<typeof machine>>

/** A restore whose gateway is kept from answering, so that its end is up to the test. */
async function restoring({ env, base }: Machine, file: string) {
  const command = run(['backup', 'restore', file, '--yes'], env)
  let gateway = 0
  const isGateway = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('\0gateway\0')
  await until(() => {
    gateway = childrenOf(command.pid).find(isGateway) ?? 0
    if (gateway === 0 && command.child.exitCode !== null) throw new Error(command.output().stderr)
    return gateway > 0
  }, `the gateway that proves the restore in ${base}`)
  process.kill(gateway, 'SIGSTOP')
  return { command, gateway, goOn: () => process.kill(gateway, 'SIGCONT') }
}

async function untilAtWork(command: Program, lockPath: string): Promise<void> {
  await until(async () => {
    const connection = existsSync(lockPath) ? await connectToHost({ lockPath }) : null
    const snapshot = await connection?.call('host.snapshot')
    connection?.close()
    if (command.child.exitCode !== null) throw new Error(command.output().stderr)
    return snapshot?.ok === true && snapshot.value.jobs.jobs.some(({ state }) => state === 'running')
  }, 'the job to run')
}

describeWith(['procfs'], 'a command that is at work with no host running', () => {
  it('lets nobody start a gateway; a host waits for it, however its terminal ends', async () => {
    const here = await machine()
    const file = here.plain()
    const { command, gateway, goOn } = await restoring(here, file)
    const gone: string[] = []
    const watchers = ['host', 'host/run'].map((folder) =>
      watch(join(here.base, folder), (_, name) => gone.push(name ?? '')),
    )
    const other = await connectToHost(here)
    const refusal = { code: 'HOST_BUSY_WITH_COMMAND', params: { pid: command.pid } }
    expect(await other?.call('gateway.start')).toMatchObject(refusal)
    expect(await other?.call('gateway.restart')).toMatchObject(refusal)
    expect(await other?.call('backups.restore', { file })).toMatchObject(refusal)
    other?.close()
    const asked = await here.call('service', 'start', '--json')
    expect(asked.code).toBe(1)
    expect(JSON.parse(asked.stdout)).toMatchObject(refusal)
    const host = here.host()
    await host.untilOutput(`at work on the state (pid ${command.pid})`)
    command.child.kill('SIGHUP')
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect([isAlive(command.pid), isAlive(gateway), isAlive(host.pid)]).toEqual([true, true, true])
    gone.length = 0
    goOn()
    expect(await command.exit).toBe(0)
    expect(command.output().stdout).toContain('seen well')
    expect(command.output().stdout).toContain('moltbot host')
    await host.untilOutput('The gateway runs')
    for (const watcher of watchers) watcher.close()
    expect(isAlive(gateway)).toBe(false)
    expect(gone.filter((name) => ['host.sock', 'host.lock'].includes(name)).slice(0, 2)).toEqual([
      'host.sock',
      'host.lock',
    ])
    expect(await here.call('service', 'status')).toMatchObject({ code: 0 })
    expect(host.output().stderr.split('at work on the state')).toHaveLength(2)
  })

  it('cancels and tidies when its terminal is closed', async () => {
    const here = await machine()
    here.fill()
    const command = run(['backup', 'create'], here.env)
    await untilAtWork(command, here.lockPath)
    command.child.kill('SIGHUP')
    expect(await command.exit).toBe(1)
    expect(command.output().stdout).toContain('Cancelled')
    expect(existsSync(here.lockPath)).toBe(false)
    expect(processesWith(here.base)).toEqual([])
    expect(readdirSync(here.base, { recursive: true }).filter((name) => /\.age/.test(String(name)))).toEqual(
      [],
    )
  })

  it('goes on to its end though nobody reads what it says', async () => {
    const here = await machine()
    const command = run(['backup', 'create'], here.env)
    command.child.stdout?.destroy()
    expect(await command.exit).toBe(0)
    expect(command.output().stderr).toBe('')
    expect(existsSync(here.lockPath)).toBe(false)
    expect(processesWith(here.base)).toEqual([])
  })

  it('holds nothing while it asks', async () => {
    const here = await machine()
    const folder = join(here.base, 'elsewhere')
    mkdirSync(folder)
    const name = 'moltbot-20260130-033000.tar.gz.age'
    renameSync(here.plain(), join(folder, name))
    const line = `'${process.execPath}' '${commandLine}' backup restore ${name}`
    const asking = spawn('script', ['-qec', line, '/dev/null'], {
      cwd: folder,
      env: { ...here.env, SHELL: '/bin/sh' },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    let said = ''
    asking.stdout.on('data', (chunk) => {
      said += chunk
    })
    const end = new Promise((resolve) => asking.once('close', resolve))
    await until(() => said.includes('Restore it?') || asking.exitCode !== null, 'the question')
    expect(existsSync(here.lockPath)).toBe(false)
    const host = here.host()
    await host.untilOutput('The gateway runs')
    asking.stdin.write('y\r')
    expect(await end).toBe(0)
    expect(said).toContain('was started and is well')
    expect(isAlive(host.pid)).toBe(true)
  })
})
