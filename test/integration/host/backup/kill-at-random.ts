import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

/** Numbers in 0…1 that are the same for the same seed, so that a failure can be seen again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Runs the program, and kills it that many ms after it has said that it is ready. */
export async function runAndKill(program: string, argument: unknown, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [program, JSON.stringify(argument)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = once(child, 'exit')
  let said = ''
  child.stderr.on('data', (bytes) => {
    said += bytes
  })
  await Promise.race([once(child.stdout, 'data'), exit])
  await wait(afterMs)
  child.kill('SIGKILL')
  const [, signal] = await exit
  if (signal !== 'SIGKILL') throw new Error(`The program ended by itself: ${said}`)
}
