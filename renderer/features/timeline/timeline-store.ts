import { create } from 'zustand'
import type { Problem } from '../../../shared/problem.ts'
import type { TimelineEntry } from '../../../shared/timeline.ts'

/** What a tab that stays open for weeks keeps; older entries are asked for again. */
export const keptEntries = 20_000

type TimelineStore = {
  /** Newest first, without gaps. */
  entries: readonly TimelineEntry[]
  more: boolean
  loading: boolean
  problem: Problem | null
  /** `latest`: newest first. Earlier pages are kept if they join it. */
  snapshotTaken(latest: readonly TimelineEntry[], isSameHostRun: boolean): void
  appended(entry: TimelineEntry): void
  loadBegan(): void
  loaded(earlier: readonly TimelineEntry[], more: boolean): void
  loadFailed(problem: Problem): void
}

export const useTimeline = create<TimelineStore>()((set, get) => ({
  entries: [],
  more: false,
  loading: false,
  problem: null,
  snapshotTaken: (latest, isSameHostRun) => {
    const oldest = latest.at(-1)
    const { entries, more } = get()
    const earlier = isSameHostRun && oldest ? entries.filter(({ seq }) => seq < oldest.seq) : []
    const joins = earlier[0] !== undefined && earlier[0].seq + 1 === oldest?.seq
    set({
      entries: joins ? [...latest, ...earlier] : latest,
      more: joins ? more : oldest !== undefined && oldest.seq > 1,
      problem: null,
    })
  },
  appended: (entry) => {
    const { entries, more } = get()
    if (entry.seq <= (entries[0]?.seq ?? -1)) return
    set({
      entries: [entry, ...entries.slice(0, keptEntries - 1)],
      more: more || entries.length >= keptEntries,
    })
  },
  loadBegan: () => set({ loading: true, problem: null }),
  loaded: (earlier, more) => {
    const { entries } = get()
    const oldest = entries.at(-1)?.seq ?? Number.POSITIVE_INFINITY
    set({ loading: false, more, entries: [...entries, ...earlier.filter(({ seq }) => seq < oldest)] })
  },
  loadFailed: (problem) => set({ loading: false, problem }),
}))
