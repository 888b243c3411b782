import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe } from 'vitest'
import { type Answer, answerOf } from '../../fixtures/answer-of.ts'
import { until } from '../../fixtures/host-under-test.ts'

export const repository = resolve(import.meta.dirname, '../../..')
const script = join(import.meta.dirname, 'own-machine.sh')
const separate = ['--mount', '--net', '--pid', '--fork', '--kill-child']
if (process.getuid?.() !== 0) separate.unshift('--user', '--map-root-user')

/** A line that reached this machine instead would delete its files. */
const inside = '[ -e /own-machine ] && cd && eval "$0"'

/** Null where lines of the manual can run with the manual's own paths and port without touching this machine. */
const whyNoOwnMachine =
  spawnSync('unshare', [...separate, 'true']).status === 0
    ? null
    : 'namespaces are not allowed: run these specs as root on Linux, or allow user namespaces'

/** For specs that need an {@link OwnMachine}; without one they are skipped, with the reason. */
export function describeOnOwnMachine(name: string, specs: () => void): void {
  if (whyNoOwnMachine === null) describe(name, specs)
  else describe.skip(`${name} [${whyNoOwnMachine}]`, specs)
}

/**
 * A machine as the manual's reader has it, with this one's programs: `~` is `/root`, port 18789 is free, `/tmp/moltbot`
 * and `/backup` are its own, and `moltbot` is on the PATH as `moltbot install-cli` puts it there.
 */
export class OwnMachine {
  readonly env: Record<string, string> = {
    HOME: '/root',
    USER: 'root',
    PATH: '/root/.local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    MOLTBOT_KEYCHAIN: 'none',
    MOLTBOT_TEST_RUN: process.env.MOLTBOT_TEST_RUN ?? '',
  }
  readonly #folder: string
  readonly #holder: ChildProcess
  readonly #pid: number

  private constructor(folder: string, holder: ChildProcess, pid: number) {
    this.#folder = folder
    this.#holder = holder
    this.#pid = pid
  }

  static async start(): Promise<OwnMachine> {
    const folder = mkdtempSync(join(tmpdir(), 'moltbot-machine-'))
    const holder = spawn('unshare', [...separate, 'sh', script, folder, repository], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let said = ''
    holder.stdout?.on('data', (chunk) => {
      said += chunk
    })
    await until(() => said.includes('ready') || holder.exitCode !== null, 'a machine of its own')
    const machine = new OwnMachine(folder, holder, childOf(holder))
    const linked = await machine.run(`${repository}/dist/moltbot install-cli`)
    if (linked.code !== 0) throw new Error(`install-cli: ${linked.stdout}${linked.stderr}`)
    return machine
  }

  /** Starts this line of the shell there; it ends with the machine at the latest. */
  spawn(line: string, env: Record<string, string> = {}): ChildProcess {
    const there = ['--target', String(this.#pid), '--mount', '--net', '--pid', '--root', '--wd']
    if (process.getuid?.() !== 0) there.push('--user', '--preserve-credentials')
    return spawn('nsenter', [...there, 'sh', '-c', inside, line], {
      env: { ...this.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  run(line: string, env: Record<string, string> = {}): Promise<Answer> {
    return answerOf(this.spawn(line, env))
  }

  /** The path on this machine of a file there. */
  path(there: string): string {
    return `/proc/${this.#pid}/root${there}`
  }

  /** Whether somebody listens on that port there, by the kernel's table. */
  listensOn(port: number): boolean {
    const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
    return ['tcp', 'tcp6'].some((table) =>
      readFileSync(`/proc/${this.#pid}/net/${table}`, 'utf8')
        .split('\n')
        .some((line) => line.split(/\s+/)[2]?.endsWith(local) && line.split(/\s+/)[4] === '0A'),
    )
  }

  async end(): Promise<void> {
    const ended = new Promise((done) => this.#holder.once('exit', done))
    this.#holder.kill('SIGKILL')
    await ended
    await until(() => readdirSync(this.#folder).length === 0, 'its mounts to go')
    rmdirSync(this.#folder)
  }
}

/** Sends it to what {@link OwnMachine.spawn} started: the process itself only waits for that. */
export function signalLine(child: ChildProcess, signal: NodeJS.Signals): void {
  process.kill(childOf(child), signal)
}

/** Pid, on this machine, of the only process that `parent` started. */
function childOf(parent: ChildProcess): number {
  const pid = Number(readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8').trim())
  if (!(pid > 0)) throw new Error(`process ${parent.pid} has no child`)
  return pid
}
