import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { LogCommands } from './log-reading.ts'
import { useLog } from './log-store.ts'
import { useLogView } from './log-view-store.ts'
import { countBelow } from './sorted-numbers.ts'
import { useShown } from './use-shown.ts'

/** Rows above the first one in sight that stay while the reader is there. */
const keptAbove = 1_000
/** What the jump button covers at the lower edge. */
const jumpPx = 44
/** How near to the top earlier lines are fetched. */
const nearTopPx = 400

export interface LogScroll {
  onScroll(): void
  /** Puts the row of this index into sight. */
  reveal(index: number): void
}

/**
 * Keeps the scroll position true to what it shows: pinned to the newest line while following, else with the
 * same entry at the top, however many rows come and go around it.
 */
export function useLogScroll(
  scroller: RefObject<HTMLElement | null>,
  rowPx: number,
  headPx: number,
  logs: LogCommands,
): LogScroll {
  const { numbers, count, revision } = useShown()
  const isFollowing = useLogView((view) => view.isFollowing)
  const pausedAt = useLogView((view) => view.pausedAt)
  /** Where the last move of ours ended: the scroll event that tells of it is no act of the reader's. */
  const ours = useRef(-1)
  const before = useRef(0)

  const moveTo = (top: number) => {
    const element = scroller.current
    if (!element || Math.abs(element.scrollTop - top) < 1) return
    element.scrollTop = top
    ours.current = element.scrollTop
    // The event may come only after the reader has moved on: upward is told from here.
    before.current = ours.current
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` says that the numbers have changed in place
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const { place } = useLogView.getState()
    if (isFollowing) moveTo(element.scrollHeight - element.clientHeight)
    else if (place) moveTo(headPx + countBelow(numbers, place.number) * rowPx + place.pixels)
  }, [revision, count, isFollowing, rowPx, headPx])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `moveTo` holds nothing but references
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const pin = () => {
      if (useLogView.getState().isFollowing) moveTo(element.scrollHeight - element.clientHeight)
    }
    const observer = new ResizeObserver(pin)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])

  const reveal = (index: number, isCentred: boolean) => {
    const element = scroller.current
    if (!element) return
    const top = headPx + index * rowPx
    const isAbove = top < element.scrollTop
    const isBelow = top + rowPx + jumpPx > element.scrollTop + element.clientHeight
    if (isCentred && (isAbove || isBelow)) moveTo(top - (element.clientHeight - rowPx) / 2)
    else if (isAbove) moveTo(top)
    else if (isBelow) moveTo(top + rowPx + jumpPx - element.clientHeight)
  }
  const sought = useLogView((view) => view.sought)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time it is asked for
  useLayoutEffect(() => {
    if (sought) reveal(countBelow(numbers, sought.number), true)
  }, [sought])

  const active = useLogView((view) => view.active)
  const isDetailOpen = useLogView((view) => view.isDetailOpen)
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the detail takes a part of the list's height, and no later
  useLayoutEffect(() => {
    if (isDetailOpen && active !== null) reveal(countBelow(numbers, active), false)
  }, [isDetailOpen, active])

  const holdHere = () => {
    const { place, isFollowing, pausedAt } = useLogView.getState()
    const isHeld = !isFollowing || pausedAt !== null
    useLog.getState().hold(isHeld && place ? place.number - keptAbove : null)
    if (useLog.getState().isBehind) logs.readOn()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is held changes with these two
  useEffect(holdHere, [isFollowing, pausedAt])

  return {
    onScroll: () => {
      const element = scroller.current
      if (!element) return
      const { scrollTop, scrollHeight, clientHeight } = element
      const index = Math.max(0, Math.min(count - 1, Math.floor((scrollTop - headPx) / rowPx)))
      const number = numbers[index]
      const view = useLogView.getState()
      if (number !== undefined) view.stoodAt({ number, pixels: scrollTop - headPx - index * rowPx })
      const isOurs = Math.abs(scrollTop - ours.current) < 1
      const isUpward = scrollTop < before.current
      before.current = scrollTop
      if (!isOurs) {
        ours.current = -1
        const isAtEnd = scrollHeight - clientHeight - scrollTop <= 2
        if (!isAtEnd) view.standStill(useLog.getState().book.end)
        else if (!isUpward && view.pausedAt === null && !useLog.getState().isBehind) view.follow()
        if (isUpward && scrollTop < nearTopPx) logs.loadEarlier()
      }
      holdHere()
    },
    reveal: (index) => reveal(index, false),
  }
}
