import { type ChildProcess, spawn } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach } from 'vitest'

export const token = 'c4nary-Zm9vYmFyYmF6cXV4LXh5enp5LTAxMjM0NTY3'
const root = resolve(import.meta.dirname, '../../..')
export const commandLine = join(root, 'gateway/cli/main.ts')
/** Half of a short command's time goes into taking the types out of its modules. */
export const compileCache = join(root, 'node_modules/.cache/command-line')

/**
 * A folder with a home, state, log and host folder of its own; nothing of the person's is in reach. Removed after each
 * test, or `after` all.
 */
export function homes(after: typeof afterEach = afterEach) {
  const made: string[] = []
  after(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  return (config?: string) => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-gw-')))
    made.push(base)
    mkdirSync(join(base, 'tmp'))
    const stateDir = join(base, 'state')
    const configPath = join(stateDir, 'moltbot.json')
    if (config !== undefined) {
      mkdirSync(stateDir, { mode: 0o700 })
      writeFileSync(configPath, config)
    }
    const env: Record<string, string> = {
      PATH: process.env.PATH ?? '',
      HOME: base,
      TMPDIR: join(base, 'tmp'),
      MOLTBOT_STATE_DIR: stateDir,
      MOLTBOT_HOST_DIR: join(base, 'host'),
      MOLTBOT_LOG_DIR: join(base, 'log'),
      CLAWDBOT_GATEWAY_TOKEN: token,
      // The person's own keychain is none of a test's business.
      MOLTBOT_KEYCHAIN: 'none',
    }
    const readLog = () => readFolder(join(base, 'log'))
    return { base, stateDir, configPath, env, readLog }
  }
}

function readFolder(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')
}

export interface Program {
  readonly child: ChildProcess
  readonly pid: number
  /** What it has written so far. */
  readonly output: () => { stdout: string; stderr: string }
  /** Null where a signal ended it. */
  readonly exit: Promise<number | null>
  untilOutput(text: string): Promise<void>
}

/** Runs the command line for real; whatever still runs after the test, or `after` all, is killed. */
export function programs(after: typeof afterEach = afterEach) {
  const running = new Set<ChildProcess>()
  after(async () => {
    const exits = [...running].map((child) => new Promise((resolve) => child.once('exit', resolve)))
    for (const child of running) child.kill('SIGKILL')
    await Promise.all(exits)
  })
  return (args: readonly string[], env: Record<string, string>): Program => {
    const child = spawn(process.execPath, [commandLine, ...args], {
      env: { NODE_COMPILE_CACHE: compileCache, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.once('exit', () => running.delete(child))
    const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
    return {
      child,
      pid: child.pid ?? 0,
      output: () => ({ stdout, stderr }),
      exit,
      async untilOutput(text) {
        while (!stdout.includes(text) && !stderr.includes(text)) {
          if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${stdout}${stderr}`)
          await new Promise((resolve) => setTimeout(resolve, 10))
        }
      },
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('A TCP server has an address')
  return address.port
}
