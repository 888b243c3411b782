import { memo } from 'react'
import type { TimelineEntry } from '../../../shared/timeline.ts'
import { isSameChunk } from './chunks.ts'
import { TimelineRow } from './timeline-row.tsx'

/** Height of a closed row with its line, for what has not been drawn yet. */
const rowPx = 37

export const TimelineChunk = memo(
  function TimelineChunk({ entries }: { entries: readonly TimelineEntry[] }) {
    return (
      <ol className="entries" style={{ containIntrinsicBlockSize: `auto ${entries.length * rowPx}px` }}>
        {entries.map((entry) => (
          <TimelineRow key={entry.seq} entry={entry} />
        ))}
      </ol>
    )
  },
  (before, after) => isSameChunk(before.entries, after.entries),
)
