import type { Moment } from './supervisor/state.ts'

export interface Clock {
  now(): Moment
  /** Returns the function that cancels. */
  after(delayMs: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => ({ mono: performance.now(), wall: Date.now() }),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
