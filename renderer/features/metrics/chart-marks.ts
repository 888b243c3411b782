import type { TimelineEntry } from '../../../shared/timeline.ts'

export type ChartMark = { at: number; kind: 'started' | 'ended' }

/** Starts and unplanned ends, for the chart. */
export function marksOf(entries: readonly TimelineEntry[], after: number): ChartMark[] {
  return entries.flatMap((entry): ChartMark[] => {
    if (entry.at < after) return []
    if (entry.kind === 'gatewayReady') return [{ at: entry.at, kind: 'started' }]
    return entry.kind === 'gatewayExited' ? [{ at: entry.at, kind: 'ended' }] : []
  })
}
