import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, type RefObject, useLayoutEffect, useMemo } from 'react'
import { useCommands } from '../../commands.ts'
import { useMedia } from '../../parts/use-media.ts'
import { useWording } from '../../wording.ts'
import { queryPattern } from './log-filter.ts'
import { LogHead } from './log-head.tsx'
import { LogRow, rowId } from './log-row.tsx'
import { useLog } from './log-store.ts'
import { useLogView, useSelection } from './log-view-store.ts'
import { useListKeys } from './use-list-keys.ts'
import { useLogScroll } from './use-log-scroll.ts'
import { useShown } from './use-shown.ts'
import './log-list.css'

/** Height of what stands above the first row. */
const headPx = 36

/** The rows in sight, and nothing of the hundred thousand others. */
export function LogList({ scroller }: { scroller: RefObject<HTMLDivElement | null> }) {
  const { t } = useWording()
  const { logs } = useCommands()
  const rowPx = useMedia('(max-width: 559px)') ? 44 : 24
  const { numbers, count } = useShown()
  const book = useLog((log) => log.book)
  const { query } = book.filter
  const pattern = useMemo(() => queryPattern(query), [query])
  const active = useLogView((view) => view.active)
  const selection = useSelection()
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    paddingStart: headPx,
    overscan: 4,
  })
  useLayoutEffect(() => {
    if (rowPx > 0) rows.measure()
  }, [rows, rowPx])
  const scroll = useLogScroll(scroller, rowPx, headPx, logs)
  const keys = useListKeys(
    scroll,
    Math.max(1, (rows.range?.endIndex ?? 1) - (rows.range?.startIndex ?? 0) - 1),
  )
  const items = rows.getVirtualItems()
  const isActiveDrawn = items.some(({ index }) => numbers[index] === active)
  return (
    <div className="log-scroll" ref={scroller} onScroll={scroll.onScroll}>
      <LogHead heightPx={headPx} />
      <div
        className="log-lines"
        role="listbox"
        aria-label={t('logs.lines')}
        aria-multiselectable="true"
        aria-activedescendant={isActiveDrawn && active !== null ? rowId(active) : undefined}
        tabIndex={0}
        style={{ height: rows.getTotalSize() }}
        onKeyDown={keys}
        onClick={pressed}
      >
        {items.map(({ index, start }) => {
          const number = numbers[index]
          const entry = number === undefined ? undefined : book.entry(number)
          if (number === undefined || !entry) return null
          return (
            <LogRow
              key={number}
              number={number}
              entry={entry}
              pattern={pattern}
              top={start}
              position={index + 1}
              count={count}
              isSelected={selection !== null && number >= selection.from && number <= selection.to}
              isActive={number === active}
            />
          )
        })}
      </div>
    </div>
  )
}

/** Opens the row that was pressed; with Shift it extends the selection instead. */
function pressed(event: MouseEvent<HTMLElement>): void {
  // Text that is being selected inside a row is not a press.
  if (!(event.target instanceof Element) || getSelection()?.isCollapsed === false) return
  const number = Number(event.target.closest<HTMLElement>('[data-number]')?.dataset.number ?? Number.NaN)
  if (Number.isNaN(number)) return
  const view = useLogView.getState()
  view.standStill(useLog.getState().book.end)
  view.select(number, event.shiftKey)
  view.showDetail(!event.shiftKey)
}
