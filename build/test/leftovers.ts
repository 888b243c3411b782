import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

export interface Leftover {
  readonly pid: number
  readonly command: string
}

/**
 * Processes that carry `mark` (`NAME=value`) in their environment, this one excepted. Linux only: macOS
 * shows no environment to others, and answers with none.
 */
export function carriersOf(mark: string): Leftover[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) return []
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark)) return []
      return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }]
    } catch {
      return [] // Ended meanwhile, or another user's.
    }
  })
}

/** Gives them two seconds to end by themselves, kills the others and tells which they were. */
export async function endCarriersOf(mark: string): Promise<Leftover[]> {
  for (let waitedMs = 0; waitedMs < 2000 && carriersOf(mark).length > 0; waitedMs += 100) await delay(100)
  const left = carriersOf(mark)
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Ended meanwhile.
    }
  }
  return left
}
