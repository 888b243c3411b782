import type { KeyboardEvent } from 'react'
import { copiedLines } from './copy-text.ts'
import { useLog } from './log-store.ts'
import { useLogView } from './log-view-store.ts'
import { countBelow } from './sorted-numbers.ts'
import type { LogScroll } from './use-log-scroll.ts'
import { useShown } from './use-shown.ts'

/** The keyboard of the list: arrows, Page keys, Home and End (with Shift: extend), Enter, Esc, select all, copy. */
export function useListKeys(scroll: LogScroll, pageRows: number): (event: KeyboardEvent) => void {
  const { numbers, count } = useShown()

  const moveTo = (index: number, extend: boolean) => {
    const number = numbers[Math.max(0, Math.min(count - 1, index))]
    if (number === undefined) return
    const view = useLogView.getState()
    view.standStill(useLog.getState().book.end)
    view.select(number, extend)
    scroll.reveal(countBelow(numbers, number))
  }

  /** The active row; without one, just behind the newest. */
  const at = () => {
    const { active } = useLogView.getState()
    return active === null ? count : countBelow(numbers, active)
  }

  return (event) => {
    const view = useLogView.getState()
    const isCommand = event.ctrlKey || event.metaKey
    const key = isCommand ? `Mod+${event.key.toLowerCase()}` : event.key
    const acts: Record<string, () => void> = {
      ArrowUp: () => moveTo(at() - 1, event.shiftKey),
      ArrowDown: () => moveTo(at() + 1, event.shiftKey),
      PageUp: () => moveTo(at() - pageRows, event.shiftKey),
      PageDown: () => moveTo(at() + pageRows, event.shiftKey),
      Home: () => moveTo(0, event.shiftKey),
      End: () => moveTo(count - 1, event.shiftKey),
      Enter: () => {
        if (view.active !== null) view.showDetail(!view.isDetailOpen)
      },
      Escape: () => (view.isDetailOpen ? view.showDetail(false) : view.selectNone()),
      'Mod+a': () => view.selectAll(numbers[0] ?? 0, numbers[count - 1] ?? 0),
      'Mod+c': () => copySelection(numbers),
    }
    // Text selected with the pointer is what the browser copies by itself.
    if (key === 'Mod+c' && getSelection()?.isCollapsed === false) return
    const act = acts[key]
    if (!act) return
    event.preventDefault()
    act()
  }
}

function copySelection(numbers: readonly number[]): void {
  const { active, anchor } = useLogView.getState()
  if (active === null || anchor === null) return
  const from = countBelow(numbers, Math.min(active, anchor))
  const to = countBelow(numbers, Math.max(active, anchor) + 1)
  void navigator.clipboard.writeText(copiedLines(useLog.getState().book, numbers.slice(from, to)))
}
