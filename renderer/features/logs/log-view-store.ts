import { create } from 'zustand'

/** The first row in sight: its entry, and how many px of it are above the edge. */
export type Place = { readonly number: number; readonly pixels: number }

type LogView = {
  /** The newest line stays in sight. */
  isFollowing: boolean
  /** While paused: entries from this number on are not shown. */
  pausedAt: number | null
  /** Entries from this number on are new to who has scrolled up. */
  seenEnd: number
  place: Place | null
  /** The selected stretch: where it began, and the end that moves. */
  anchor: number | null
  active: number | null
  isDetailOpen: boolean
  /** The entry to bring into sight; a new object each time it is asked for. */
  sought: { readonly number: number } | null
  follow(): void
  /** Stands still; `end`: the number the next entry will get. */
  standStill(end: number): void
  pause(end: number): void
  resume(): void
  stoodAt(place: Place): void
  seek(number: number): void
  /** `extend`: from the anchor to there, instead of there alone. */
  select(number: number, extend: boolean): void
  selectAll(first: number, last: number): void
  selectNone(): void
  showDetail(isOpen: boolean): void
}

/** How the log is looked at. Outlives the page, so that coming back finds it as it was. */
export const useLogView = create<LogView>()((set, get) => ({
  isFollowing: true,
  pausedAt: null,
  seenEnd: 0,
  place: null,
  anchor: null,
  active: null,
  isDetailOpen: false,
  sought: null,
  follow: () => set({ isFollowing: true, pausedAt: null }),
  standStill: (end) => {
    if (get().isFollowing) set({ isFollowing: false, seenEnd: get().pausedAt ?? end })
  },
  pause: (end) => set({ pausedAt: end }),
  resume: () => set({ pausedAt: null }),
  stoodAt: (place) => set({ place }),
  seek: (number) => set({ sought: { number }, active: number, anchor: number }),
  select: (number, extend) =>
    set({ active: number, anchor: extend ? (get().anchor ?? get().active ?? number) : number }),
  selectAll: (first, last) => set({ anchor: first, active: last }),
  selectNone: () => set({ active: null, anchor: null, isDetailOpen: false }),
  showDetail: (isDetailOpen) => set({ isDetailOpen }),
}))

/** Lowest and highest number of the selection; null without one. */
export function useSelection(): { from: number; to: number } | null {
  const anchor = useLogView((view) => view.anchor)
  const active = useLogView((view) => view.active)
  if (anchor === null || active === null) return null
  return { from: Math.min(anchor, active), to: Math.max(anchor, active) }
}
