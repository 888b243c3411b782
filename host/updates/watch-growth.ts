import { type Problem, problem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import { bytesIn, freeBytes } from './folder-use.ts'
import type { NpmParts } from './npm.ts'

interface GrowthParts {
  readonly clock: Clock
  readonly folder: string
  readonly npm: Pick<NpmParts, 'figures'>
  /** Of what is installed there. */
  readonly name: string
  readonly version: string
  grew(bytes: number): void
  /** Called once; nothing is looked at afterwards. */
  stop(why: Problem): void
}

/**
 * Looks at a folder that something is installed into, and says stop where it takes too much, leaves too little
 * to others, or no longer grows. Returns the function that ends this, and resolves when nothing of it runs.
 */
export function watchGrowth(parts: GrowthParts): () => Promise<void> {
  const { clock, folder, npm, name, version } = parts
  const { lookEveryMs, maxInstallBytes, keepFreeBytes, stallMs } = npm.figures
  const ended = new AbortController()
  let last = { bytes: -1, at: clock.now().mono }
  let looking: Promise<void> = Promise.resolve()
  let cancel = clock.after(lookEveryMs, next)

  function next(): void {
    looking = look().then((why) => {
      if (ended.signal.aborted) return
      if (why) parts.stop(why)
      else cancel = clock.after(lookEveryMs, next)
    })
  }

  async function look(): Promise<Problem | null> {
    const bytes = await bytesIn(folder, ended.signal)
    const free = await freeBytes(folder).catch(() => keepFreeBytes)
    const at = clock.now().mono
    if (bytes !== null && bytes !== last.bytes) {
      last = { bytes, at }
      parts.grew(bytes)
    }
    if (last.bytes > maxInstallBytes) {
      return problem('GATEWAY_INSTALL_TOO_LARGE', { name, version, limitBytes: maxInstallBytes })
    }
    if (free < keepFreeBytes) {
      const room = { path: folder, bytes: free, neededBytes: keepFreeBytes }
      return problem('GATEWAY_INSTALL_NO_SPACE', room)
    }
    if (at - last.at <= stallMs) return null
    const detail = `nothing arrived for ${Math.round(stallMs / 1000)} s`
    return problem('GATEWAY_INSTALL_FAILED', { name, version, detail })
  }

  return async () => {
    ended.abort()
    cancel()
    await looking
  }
}
