import { type ChildProcess, spawn } from 'node:child_process'
import { type Answer, answerOf } from '../fixtures/answer-of.ts'
import { until } from '../fixtures/host-under-test.ts'
import { commandLine } from '../integration/gateway/gateway-process.ts'

/** Starts our gateway and waits until it is live; whoever started it ends it. */
export async function startOurs(env: NodeJS.ProcessEnv, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [commandLine, 'gateway', '--port', String(port)], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const live = () =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
  await until(async () => child.exitCode !== null || (await live()), 'our gateway', 30_000)
  if (child.exitCode !== null) throw new Error(`our gateway ended with ${child.exitCode}: ${said}`)
  return child
}

/** Runs our command line to the end. */
export function runOurs(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  return answerOf(spawn(process.execPath, [commandLine, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] }))
}
