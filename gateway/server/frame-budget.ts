/** How many messages and pings a client may send in a second; a busy interface sends a few dozen. */
const maxPerSecond = 200

/** Returns a function that says whether one more is still within the budget. */
export function createFrameBudget(now: () => number = () => performance.now()): () => boolean {
  let windowStart = now()
  let count = 0
  return () => {
    if (now() - windowStart >= 1_000) {
      windowStart = now()
      count = 0
    }
    count += 1
    return count <= maxPerSecond
  }
}
