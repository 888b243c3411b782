import { InvalidArgumentError } from 'commander'

const longestMs = 600_000

/** Milliseconds from 1 to ten minutes. */
export function parseDurationMs(text: string): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= longestMs) return value
  throw new InvalidArgumentError(`It must be a whole number of milliseconds from 1 to ${longestMs}.`)
}
