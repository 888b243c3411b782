import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { type Answer, answerOf } from '../fixtures/answer-of.ts'
import { until } from '../fixtures/host-under-test.ts'

/** The entry file of an installed clawdbot, e.g. …/node_modules/clawdbot/dist/entry.js; empty where there is none. */
export const entry = process.env.MOLTBOT_INTEROP_CLAWDBOT ?? ''
export const whyNoClawdbot = 'set MOLTBOT_INTEROP_CLAWDBOT to its entry file'
export const token = 'c4nary-interop-0123456789abcdef0123456789'

/** A machine that is busy with other things takes many times as long as one that is not. */
export const slowMs = 150_000

/** Keeps it from being found on the network, from its channels, and from starting itself once more. */
export const quiet = {
  CLAWDBOT_DISABLE_BONJOUR: '1',
  CLAWDBOT_SKIP_CHANNELS: '1',
  CLAWDBOT_NO_RESPAWN: '1',
}

/** Runs its command line to the end. */
export function runClawdbot(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...env, ...quiet },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return answerOf(child)
}

/** Starts its gateway and waits until it listens; whoever started it ends it. What it says is in `output`. */
export async function startClawdbot(env: NodeJS.ProcessEnv, port: number, folder: string) {
  const output = join(folder, 'clawdbot-output.txt')
  const file = openSync(output, 'a')
  const child = spawn(process.execPath, [entry, 'gateway', '--allow-unconfigured', '--port', String(port)], {
    env: { ...env, ...quiet },
    stdio: ['ignore', file, file],
  })
  closeSync(file)
  const listens = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
  await until(async () => child.exitCode !== null || (await listens()), 'clawdbot', slowMs)
  if (child.exitCode !== null) throw new Error(`clawdbot ended with ${child.exitCode}; see ${output}`)
  return child
}

/** Resolves once it has ended; kills it where it does not within 15 s. */
export async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(late)
}
