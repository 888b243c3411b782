import { type ChildProcess, spawn } from 'node:child_process'
import { exitCode } from '../../shared/exit-codes.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { GatewayExit } from '../supervisor/state.ts'
import type { LaunchedGateway } from '../supervisor/supervisor.ts'
import { LastLines } from './last-lines.ts'

/** The program that is a gateway, without its port. */
export interface GatewayCommand {
  readonly file: string
  readonly args: readonly string[]
}

interface Launch {
  readonly command: GatewayCommand
  readonly port: number
  readonly env: NodeJS.ProcessEnv
  exited(exit: GatewayExit): void
}

/** How long an ended gateway's output is waited for: a grandchild may hold the pipe open for ever. */
const drainMs = 100

/**
 * Starts the gateway as leader of its own process group and session: a terminal's Ctrl-C does not
 * reach it, and the whole group can be signalled.
 */
export function launchGateway({ command, port, env, exited }: Launch): LaunchedGateway | Problem {
  const child = spawn(command.file, [...command.args, '--port', String(port)], {
    cwd: '/', // no folder, and no mount, is kept busy by a gateway
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.on('error', () => {}) // a spawn that failed is reported below; a failed kill is of no interest
  if (child.pid === undefined) {
    return problem('GATEWAY_SPAWN_FAILED', {
      program: command.file,
      detail: 'the program could not be started',
    })
  }
  const { pid } = child
  const output = new LastLines()
  child.stdout.on('data', (chunk: Buffer) => output.add(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.add(chunk))
  child.once('exit', (code, signal) => {
    killGroup(pid) // what the gateway left behind in its group would hold its port and files
    void drained(child).then(() => exited({ code, signal, lastLines: output.read() }))
  })
  return {
    pid,
    signal: (name) => signalGroup(pid, name),
  }
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
  child.stdout?.destroy()
  child.stderr?.destroy()
}
