import { Socket } from 'node:net'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import type { IPty } from '@lydell/node-pty'
import { outputFd, type TerminalFact, type TerminalOrder } from './terminal-message.ts'

/** How often it is looked whether a program has ended whose output nobody reads just now. */
const lookEveryMs = 50

/**
 * The process of one terminal: it holds the pseudoterminal, whose library is native and blocks, so that the
 * host does not. It ends with its stdin, which only the host holds; the kernel then hangs up on the shell.
 */
const output = new Socket({ fd: outputFd, readable: false, writable: true })
let pty: IPty | null = null

const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
lines.on('line', (line) => void obey(JSON.parse(line)))
lines.once('close', leave)
output.once('error', leave)
process.stdout.on('error', leave)

/** Nothing is awaited: whatever the library is doing, the end of this process closes the pseudoterminal. */
function leave(): void {
  process.kill(process.pid, 'SIGKILL')
}

async function obey(order: TerminalOrder): Promise<void> {
  if (order.act === 'start') return start(order)
  if (order.act === 'write') return pty?.write(order.data)
  try {
    pty?.resize(order.cols, order.rows)
  } catch {
    // The shell has just ended.
  }
}

async function start({ file, args, cwd, cols, rows }: TerminalOrder & { act: 'start' }): Promise<void> {
  try {
    const { spawn } = await import('@lydell/node-pty')
    const name = process.env.TERM ?? 'xterm-256color'
    // With an encoding the kernel's line editing knows that a character may have several bytes.
    const started = spawn(file, [...args], { name, cwd, cols, rows, env: process.env, encoding: 'utf8' })
    pty = started
    started.onData((text) => {
      // Of one that has ended, the library soon gives up what was not taken in.
      if (!output.write(text) && isThere(started.pid)) holdBack(started)
    })
    started.onExit(({ exitCode, signal }) => {
      pty = null
      output.end(() =>
        tell({
          what: 'ended',
          exitCode: signal ? null : exitCode,
          signal: signal ? nameOf(signal) : null,
        }),
      )
    })
    tell({ what: 'started' })
  } catch (error) {
    tell({ what: 'failed', detail: error instanceof Error ? error.message : String(error) })
  }
}

/** The program waits until its output is read; one that has ended meanwhile has its last output taken in. */
function holdBack(started: IPty): void {
  started.pause()
  const go = () => {
    clearInterval(look)
    output.off('drain', go)
    started.resume()
  }
  const look = setInterval(() => {
    if (!isThere(started.pid)) go()
  }, lookEveryMs)
  output.once('drain', go)
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function nameOf(signal: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === signal)?.[0] ?? String(signal)
}

function tell(fact: TerminalFact): void {
  process.stdout.write(`${JSON.stringify(fact)}\n`)
}
