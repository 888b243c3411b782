import type { LineFilter } from './line-filter.ts'

/**
 * Lines from `since` on and before `until`, ms since 1970. A line without a time, of a stack trace say, belongs to
 * the one before it, or where that is not at hand to the one after it.
 */
export function withinTime(since: number | null, until: number | null): LineFilter {
  const isWithin = (time: number) => (since === null || time >= since) && (until === null || time < until)
  return (lines) => {
    let latest = lines.find(({ time }) => time !== null)?.time ?? null
    return lines.filter(({ time }) => {
      latest = time ?? latest
      return latest === null || isWithin(latest)
    })
  }
}
