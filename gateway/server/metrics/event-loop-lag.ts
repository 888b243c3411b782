import type { monitorEventLoopDelay } from 'node:perf_hooks'

/** How late the event loop was in the last minute or so, in milliseconds. */
export interface LoopLag {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

export interface EventLoopLag {
  /** Null until there is something to tell: it is measured from the first time that somebody asks. */
  read(): LoopLag | null
  stop(): void
}

/** Fifty looks a second are seen in no process list. */
const resolutionMs = 20
const windowMs = 60_000
/** When nobody has asked for so long, nobody will. */
const idleMs = 10 * 60_000

export function measureEventLoopLag(monitor: typeof monitorEventLoopDelay): EventLoopLag {
  let histogram: ReturnType<typeof monitorEventLoopDelay> | null = null
  let resetAt = 0
  let idle: NodeJS.Timeout | null = null

  function stop(): void {
    histogram?.disable()
    histogram = null
    if (idle) clearTimeout(idle)
    idle = null
  }

  return {
    read() {
      idle ??= setTimeout(stop, idleMs).unref()
      idle.refresh()
      if (!histogram) {
        histogram = monitor({ resolution: resolutionMs })
        histogram.enable()
        resetAt = performance.now()
        return null
      }
      if (histogram.count === 0) return null
      const { max } = histogram
      const lag = { p50: late(histogram.percentile(50)), p99: late(histogram.percentile(99)), max: late(max) }
      if (performance.now() - resetAt > windowMs) {
        histogram.reset()
        resetAt = performance.now()
      }
      return lag
    },
    stop,
  }
}

/** What is measured is the time between two looks, in nanoseconds; all but the pause between them is lateness. */
function late(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - resolutionMs)
}
