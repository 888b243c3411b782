const firstMs = 250
const longestMs = 5_000

/**
 * Milliseconds before attempt number `attempt` (from 1): 0.25, 0.5, 1, 2, 4, 5, 5 … s, each shortened by
 * up to a quarter so that several pages do not come back in step. `roll`: 0 ≤ roll < 1.
 */
export function reconnectDelayMs(attempt: number, roll: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** (attempt - 1))
  return Math.round(full * (1 - roll / 4))
}
