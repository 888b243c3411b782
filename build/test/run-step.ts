import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

export interface StepResult {
  /** null: ended by a signal, or could not be started. */
  readonly code: number | null
  readonly output: string
}

export type RunStep = (
  command: string,
  args: readonly string[],
  env?: Record<string, string>,
  /** Shows the output as it comes; otherwise it is kept only. */
  live?: boolean,
) => Promise<StepResult>

const running = new Set<ChildProcess>()
let isEnding = false

/** Runs steps in `cwd`, each in a process group of its own; what they start inherits `marks`. */
export function stepRunner(cwd: string, marks: Record<string, string>): RunStep {
  return (command, args, env = {}, live = false) =>
    new Promise((resolve) => {
      const child = spawn(command, args, {
        cwd,
        env: { ...process.env, ...marks, ...env },
        stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
        detached: true,
      })
      running.add(child)
      const chunks: Buffer[] = []
      child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
      child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
      child.on('error', (error) => chunks.push(Buffer.from(error.message)))
      child.on('close', (code) => {
        running.delete(child)
        // Whoever waits would go on with the next step, or report a failure that is none.
        if (!isEnding) resolve({ code, output: Buffer.concat(chunks).toString() })
      })
    })
}

/** Asks the groups of all running steps to end, and kills them after five seconds. */
export async function endSteps(): Promise<void> {
  isEnding = true
  const groups = [...running].flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  for (const group of groups) signalGroup(group, 'SIGTERM')
  for (let waitedMs = 0; waitedMs < 5000 && groups.some((group) => signalGroup(group, 0)); waitedMs += 50) {
    await delay(50)
  }
  for (const group of groups) signalGroup(group, 'SIGKILL')
}

function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal)
  } catch {
    return false // The group is gone, which is what was wanted.
  }
}
