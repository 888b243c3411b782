import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../build/prepare/root.mjs'

/** Where the bench runs its programs: a home of its own, and an account of what it started. */
export interface Workshop {
  readonly env: NodeJS.ProcessEnv
  readonly hostDir: string
  readonly token: string
  readonly launcher: string
  readonly gatewayEntry: string
  readonly bareServer: string
  start(command: string, args: readonly string[], stdio?: StdioOptions, env?: NodeJS.ProcessEnv): ChildProcess
  close(): Promise<void>
}

export function openWorkshop(): Workshop {
  const home = mkdtempSync(join(tmpdir(), 'moltbot-bench-'))
  const token = 'bench-token-bench-token-bench-token'
  const hostDir = join(home, 'host')
  const stateDir = join(home, 'state')
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: home,
    MOLTBOT_STATE_DIR: stateDir,
    MOLTBOT_HOST_DIR: hostDir,
    MOLTBOT_LOG_DIR: join(home, 'log'),
    MOLTBOT_KEYCHAIN: 'none',
    TMPDIR: join(home, 'tmp'),
    CLAWDBOT_GATEWAY_TOKEN: token,
  }
  mkdirSync(stateDir, { mode: 0o700 })
  mkdirSync(join(home, 'tmp'))
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration names the variable.
  const config = { gateway: { mode: 'local', auth: { token: '${CLAWDBOT_GATEWAY_TOKEN}' } } }
  writeFileSync(join(stateDir, 'moltbot.json'), JSON.stringify(config), { mode: 0o600 })

  const started = new Set<ChildProcess>()
  return {
    env,
    hostDir,
    token,
    launcher: join(root, 'dist/moltbot'),
    gatewayEntry: join(root, 'dist/app/moltbot.mjs'),
    bareServer: join(import.meta.dirname, 'bare-server.mjs'),
    start(command, args, stdio = 'ignore', ownEnv = env) {
      const child = spawn(command, args, { env: ownEnv, stdio })
      started.add(child)
      child.on('exit', () => started.delete(child))
      return child
    },
    async close() {
      await Promise.all([...started].map(end))
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** TERM, and KILL after six seconds. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 6000)
  await exited
  clearTimeout(timer)
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port')
  return address.port
}
