import type { TimelineEntry } from '../../shared/timeline.ts'

/** What the latest gateway that ended since that moment had said last. `entries`: the newest first. */
export function lastLinesSince(entries: readonly TimelineEntry[], since: number): readonly string[] {
  for (const { at, evidence } of entries) {
    if (at < since) return []
    if (Array.isArray(evidence.lastLines)) return evidence.lastLines
  }
  return []
}
