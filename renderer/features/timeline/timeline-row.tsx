import { memo, useId, useState } from 'react'
import type { TimelineEntry } from '../../../shared/timeline.ts'
import { type DescribedFact, describeTimelineEntry } from '../../../shared/wording/describe-timeline.ts'
import { formatAgo, formatMoment } from '../../../shared/wording/format.ts'
import { useQuarterMinute } from '../../clock.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { Icon } from '../../parts/icon.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { Evidence } from './evidence.tsx'
import { toneOf } from './tone.ts'

const briefKeys: ReadonlySet<string> = new Set([
  'pid',
  'startMs',
  'delayMs',
  'attempt',
  'ended',
  'version',
  'sleptMs',
])

/** One entry; the whole row opens its evidence. */
export const TimelineRow = memo(function TimelineRow({ entry }: { entry: TimelineEntry }) {
  const { language } = useWording()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const described = describeTimelineEntry(language, entry)
  const tone = toneOf[entry.kind]
  return (
    <li className="entry">
      <button
        type="button"
        className="entry-head"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="entry-shape">
          {tone ? <StateShape shape={tone} size={10} /> : <span className="entry-dot" />}
        </span>
        <span className="entry-title">{described.title}</span>
        <span className="entry-why" data-kind={described.problem ? 'problem' : 'facts'}>
          {described.problem ? <CodedText>{described.problem.why}</CodedText> : inBrief(described.facts)}
        </span>
        <EntryTime at={entry.at} />
        <Icon name="chevron" className="entry-chevron" />
      </button>
      {isOpen && <Evidence id={id} entry={entry} described={described} />}
    </li>
  )
})

/** The first figures, where the line has room for them; all of it is in the evidence. */
function inBrief(facts: readonly DescribedFact[]): string {
  const short = facts.filter(({ key, value }) => briefKeys.has(key) && typeof value === 'string')
  return short.map(({ label, value }) => `${label} ${value}`).join(' · ')
}

/** Relative at rest; the moment itself while the row is pointed at or has the focus. */
function EntryTime({ at }: { at: number }) {
  const { language } = useWording()
  const now = useQuarterMinute()
  const moment = formatMoment(language, at)
  return (
    <time className="entry-time" dateTime={new Date(at).toISOString()} title={moment}>
      <span className="entry-ago">{formatAgo(language, at, now)}</span>
      <span className="entry-moment">{moment}</span>
    </time>
  )
}
