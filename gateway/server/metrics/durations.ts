/** Upper bounds in seconds; one more bucket takes what is longer. */
export const durationBounds: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
]

/** How often something took how long, in plain numbers: counting is one comparison a bucket. */
export interface Durations {
  /** One count for each of {@link durationBounds}, and the last for what is beyond; not cumulated. */
  readonly buckets: readonly number[]
  readonly count: number
  /** In seconds. */
  readonly sum: number
}

export function createDurations(): Durations & { observe(seconds: number): void } {
  const buckets: number[] = [...durationBounds.map(() => 0), 0]
  let count = 0
  let sum = 0
  return {
    buckets,
    get count() {
      return count
    },
    get sum() {
      return sum
    },
    observe(seconds) {
      const place = durationBounds.findIndex((bound) => seconds <= bound)
      const at = place === -1 ? durationBounds.length : place
      buckets[at] = (buckets[at] ?? 0) + 1
      count += 1
      sum += seconds
    },
  }
}
