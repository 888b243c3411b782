import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { childEnvironment, supervisorMark } from '../child/child-environment.ts'
import { endMarked } from '../child/end-marked.ts'
import { LastLines } from '../child/last-lines.ts'
import { startWatchdog } from '../child/watchdog.ts'
import type { ProcessTable } from '../processes/process-table.ts'

interface BoundedRun {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  /** Cleaned as a gateway's is; `keeps` is added to it. */
  readonly env: NodeJS.ProcessEnv
  readonly keeps?: NodeJS.ProcessEnv
  readonly limitMs: number
  readonly maxOutputBytes: number
  readonly maxMemoryBytes: number
  readonly signal: AbortSignal
  readonly table: ProcessTable
}

export type BoundedEnd =
  | {
      readonly kind: 'ended'
      readonly code: number | null
      readonly stdout: string
      readonly lastLines: readonly string[]
    }
  /** Killed: asked to, or because it took too long, said too much, or took too much memory. */
  | { readonly kind: 'killed'; readonly why: 'aborted' | 'time' | 'output' | 'memory' }
  | { readonly kind: 'notStarted'; readonly detail: string }

const lookEveryMs = 500
/** How long an ended program's output is waited for: what left its group may hold the pipe open for ever. */
const drainMs = 500

/**
 * Runs a program that is not trusted to end by itself. It leads a group of its own, which is gone when this
 * resolves, and soon after a host that died meanwhile. Never rejects.
 */
export function runBounded(run: BoundedRun): Promise<BoundedEnd> {
  if (run.signal.aborted) return Promise.resolve({ kind: 'killed', why: 'aborted' })
  const nonce = randomBytes(16).toString('hex')
  const env = { ...childEnvironment(run.env, { nonce, runId: 'bounded' }), ...run.keeps }
  const child = spawn(run.file, [...run.args], {
    cwd: run.cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ kind: 'notStarted', detail: error.message })
    })
    const { pid } = child
    if (pid === undefined) return
    const watchdog = startWatchdog(nonce)
    watchdog.guard(pid)
    let why: Extract<BoundedEnd, { kind: 'killed' }>['why'] | null = null
    const kill = (because: typeof why) => {
      why ??= because
      killGroup(pid)
    }
    const abort = () => kill('aborted')
    run.signal.addEventListener('abort', abort, { once: true })
    const limit = setTimeout(() => kill('time'), run.limitMs)
    const look = setInterval(() => {
      void run.table.usage(pid).then((found) => {
        if (found && found.rssBytes > run.maxMemoryBytes) kill('memory')
      })
    }, lookEveryMs)

    const chunks: Buffer[] = []
    let bytes = 0
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > run.maxOutputBytes) return kill('output')
      chunks.push(chunk)
    })
    const lines = new LastLines()
    child.stderr.on('data', (chunk: Buffer) => lines.add(chunk))
    child.once('exit', (code) => {
      // What it left behind in its group would keep the pipes open, and go on writing.
      killGroup(pid)
      clearTimeout(limit)
      clearInterval(look)
      run.signal.removeEventListener('abort', abort)
      void drained(child).then(async () => {
        // What left the group carries the mark all the same.
        await endMarked(run.table, supervisorMark, nonce).catch(() => [])
        await watchdog.dismiss()
        if (why !== null) return resolve({ kind: 'killed', why })
        const stdout = Buffer.concat(chunks).toString('utf8')
        resolve({ kind: 'ended', code, stdout, lastLines: lines.read() })
      })
    })
  })
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

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // ESRCH: the group is empty
  }
}
