import { memo } from 'react'
import { formatBytes, formatMoment } from '../../../shared/wording/format.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { useWording } from '../../wording.ts'
import { clockTime } from './clock-time.ts'
import { isLine, type LogEntry, type LogMark } from './log-entry.ts'
import { levelOf } from './log-filter.ts'
import { Pieces } from './pieces.tsx'
import { rowPieces } from './row-pieces.ts'

type LogRowProps = {
  number: number
  entry: LogEntry
  pattern: RegExp | null
  top: number
  position: number
  count: number
  isSelected: boolean
  isActive: boolean
}

/** One entry on one row, whatever its length; the whole of it is in the detail. */
export const LogRow = memo(function LogRow(row: LogRowProps) {
  const { number, entry, top, position, count, isSelected, isActive } = row
  const isText = isLine(entry)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active row
    <div
      role="option"
      id={rowId(number)}
      className="log-row"
      data-number={number}
      data-level={isText ? levelOf(entry) : 'mark'}
      data-active={isActive}
      aria-selected={isSelected}
      aria-disabled={isText ? undefined : true}
      aria-posinset={position}
      aria-setsize={count}
      style={{ transform: `translateY(${top}px)` }}
    >
      {isText ? <LineCells entry={entry} pattern={row.pattern} /> : <MarkCell mark={entry} />}
    </div>
  )
})

export function rowId(number: number): string {
  return `log-row-${number}`
}

function LineCells({
  entry,
  pattern,
}: {
  entry: Extract<LogEntry, { text: string }>
  pattern: RegExp | null
}) {
  const { language, t } = useWording()
  const { time, level, subsystem, text } = entry
  return (
    <>
      <span className="log-time" title={time === null ? undefined : formatMoment(language, time)}>
        {time === null ? '' : clockTime(time)}
      </span>
      <span className="log-level">{level === null ? '' : t(`logs.level.${level}`)}</span>
      <code className="log-part" dir="ltr">
        <Pieces pieces={rowPieces(subsystem ?? '', pattern)} />
      </code>
      {/* The direction is given, and so no mark in the text can reorder the row around it. */}
      <code className="log-text" dir="ltr">
        <Pieces pieces={rowPieces(text, pattern)} />
      </code>
    </>
  )
}

function MarkCell({ mark }: { mark: LogMark }) {
  const { t } = useWording()
  const text =
    mark.mark === 'skipped'
      ? t('logs.mark.skipped', { size: formatBytes(mark.bytes) })
      : t(`logs.mark.${mark.mark}`, { path: mark.path })
  return (
    <span className="log-mark">
      <CodedText>{text}</CodedText>
    </span>
  )
}
