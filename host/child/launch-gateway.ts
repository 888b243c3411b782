import { type ChildProcess, spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
import { exitCode } from '../../shared/exit-codes.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { withSecrets } from '../config/with-secrets.ts'
import { secretsFd, secretsFdVariable } from '../secrets-handover.ts'
import type { GatewayExit } from '../supervisor/state.ts'
import type { LaunchedGateway } from '../supervisor/supervisor.ts'
import { LastLines } from './last-lines.ts'

/** The program that is a gateway, without its port. */
export interface GatewayCommand {
  readonly file: string
  readonly args: readonly string[]
  /** Absent: built in. `package`: a Moltbot from npm, whose ways are its own. */
  readonly kind?: 'builtIn' | 'package'
}

interface Launch {
  readonly command: GatewayCommand
  readonly port: number
  readonly env: NodeJS.ProcessEnv
  /**
   * Handed over on a pipe that only the gateway inherits: neither argv nor environment shows them. A package
   * reads no such pipe, and is given them in its environment, which only its user can read.
   */
  readonly secrets: Readonly<Record<string, string>>
  exited(exit: GatewayExit): void
}

/** How long an ended gateway's output is waited for: a grandchild may hold the pipe open for ever. */
const drainMs = 100

/**
 * Starts the gateway as leader of its own process group and session: a terminal's Ctrl-C does not
 * reach it, and the whole group can be signalled.
 */
export function launchGateway({ command, port, env, secrets, exited }: Launch): LaunchedGateway | Problem {
  const isPackage = command.kind === 'package'
  const child = spawn(command.file, [...command.args, '--port', String(port)], {
    cwd: '/', // no folder, and no mount, is kept busy by a gateway
    env: isPackage ? withSecrets(env, secrets) : { ...env, [secretsFdVariable]: String(secretsFd) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', isPackage ? 'ignore' : 'pipe'],
  })
  child.on('error', () => {}) // a spawn that failed is reported below; a failed kill is of no interest
  if (child.pid === undefined) {
    return problem('GATEWAY_SPAWN_FAILED', {
      program: command.file,
      detail: 'the program could not be started',
    })
  }
  const { pid } = child
  if (!isPackage) handOver(child, secrets)
  const output = new LastLines()
  child.stdout?.on('data', (chunk: Buffer) => output.add(chunk))
  child.stderr?.on('data', (chunk: Buffer) => output.add(chunk))
  child.once('exit', (code, signal) => {
    killGroup(pid) // what the gateway left behind in its group would hold its port and files
    void drained(child).then(() => exited({ code, signal, lastLines: output.read() }))
  })
  return {
    pid,
    signal: (name) => signalGroup(pid, name),
  }
}

/** Written at once and closed: the gateway reads to the end before it does anything else. */
function handOver(child: ChildProcess, secrets: Readonly<Record<string, string>>): void {
  const pipe = child.stdio[secretsFd] as Writable
  pipe.on('error', () => {}) // a program that does not read them, or ended before it could
  pipe.on('finish', () => pipe.destroy()) // its other direction is never read, and would never end
  pipe.end(JSON.stringify(secrets))
}

export function refusedConfig(exit: GatewayExit): boolean {
  return exit.code === exitCode.badConfig
}

function killGroup(pid: number): void {
  signalGroup(pid, 'SIGKILL')
}

function signalGroup(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, name)
  } catch {
    // ESRCH: the group is empty
  }
}

async function drained(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, drainMs)
    child.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
  for (const stream of child.stdio) stream?.destroy()
}
