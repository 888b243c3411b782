import type { Clock } from '../clock.ts'

/** Short steps instead of one long wait: a machine that slept, or a clock that was set, is noticed soon. */
const lookEveryMs = 5 * 60_000
const dayMs = 24 * 3_600_000
/** Not all at the same time of day. */
const jitterMs = 3_600_000
/** One that failed is tried again: the network may be back. */
const againAfterMs = 3_600_000

interface DailyParts {
  readonly clock: Clock
  /** 0 ≤ random() < 1. */
  random(): number
  /** Wall clock of the last answers, null for one that was never given; an empty list asks for nothing. */
  checkedAt(): readonly (number | null)[]
  look(): Promise<unknown>
}

/** Looks for what is newer once a day, for the first time minutes after the start. Returns the function that ends this. */
export function lookDaily({ clock, random, checkedAt, look }: DailyParts): () => void {
  const everyMs = dayMs + random() * jitterMs
  let triedAt: number | null = null
  let cancel = clock.after(lookEveryMs * (0.2 + random()), next)

  function next(): void {
    cancel = clock.after(lookEveryMs, next)
    const { mono, wall } = clock.now()
    const isDue = checkedAt().some((at) => at === null || wall - at >= everyMs || at - wall > dayMs)
    const isTooSoon = triedAt !== null && mono - triedAt < againAfterMs
    if (!isDue || isTooSoon) return
    triedAt = mono
    void look()
  }

  return () => cancel()
}
