import { create } from 'zustand'
import type { LogChunk } from '../../../shared/log.ts'
import type { Problem } from '../../../shared/problem.ts'
import { LogBook } from './log-book.ts'
import type { LogFilter } from './log-filter.ts'

type LogStore = {
  /** Changes in place; `revision` tells that it has. */
  readonly book: LogBook
  revision: number
  /** The file that is read, or the one that will be. */
  path: string | null
  /** At least one answer has come. */
  hasRead: boolean
  /** The page is full and the reader stands at its oldest part: newer lines wait in the file. */
  isBehind: boolean
  /** Nothing older can be had. */
  hasBeginning: boolean
  isLoadingEarlier: boolean
  /** Why the file cannot be read, in the host's words. */
  trouble: string | null
  /** Why the host did not answer. */
  problem: Problem | null
  took(chunk: LogChunk): void
  tookEarlier(chunk: LogChunk): void
  earlierBegan(): void
  earlierFailed(problem: Problem | null): void
  fellBehind(): void
  failed(problem: Problem): void
  began(): void
  hold(number: number | null): void
  clear(): void
  showAgain(): void
  filter(filter: LogFilter): void
}

/** What is known of the log. Filled by `LogReading`, and by nothing else. */
export const useLog = create<LogStore>()((set, get) => {
  const touched = () => ({ revision: get().revision + 1 })
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Filters a few ms at a time, so that typing and scrolling go on meanwhile. */
  const work = () => {
    clearTimeout(timer)
    const until = performance.now() + sliceMs
    const isDone = get().book.work(() => performance.now() > until)
    if (isDone) set(touched())
    else timer = setTimeout(work)
  }

  return {
    book: new LogBook(),
    revision: 0,
    path: null,
    hasRead: false,
    isBehind: false,
    hasBeginning: false,
    isLoadingEarlier: false,
    trouble: null,
    problem: null,
    took: (chunk) => {
      const { book, hasRead, hasBeginning } = get()
      const firstBefore = book.first
      book.append(chunk)
      set({
        ...touched(),
        path: chunk.path,
        hasRead: true,
        isBehind: false,
        hasBeginning: hasRead ? hasBeginning && book.first === firstBefore : chunk.first.offset === 0,
        trouble: chunk.trouble,
        problem: null,
      })
    },
    tookEarlier: (chunk) => {
      const isTooMuch = get().book.prepend(chunk)
      set({
        ...touched(),
        isLoadingEarlier: false,
        isBehind: get().isBehind || isTooMuch,
        hasBeginning: !chunk.more || chunk.lines.length === 0,
        trouble: chunk.trouble,
        problem: null,
      })
    },
    earlierBegan: () => set({ isLoadingEarlier: true }),
    earlierFailed: (problem) => set({ isLoadingEarlier: false, problem }),
    fellBehind: () => set({ isBehind: true }),
    failed: (problem) => set({ problem }),
    began: () => {
      get().book.reset()
      set({ ...touched(), isBehind: false, hasBeginning: false, isLoadingEarlier: false, hasRead: false })
    },
    hold: (number) => {
      const { book } = get()
      const firstBefore = book.first
      book.hold(number)
      if (book.first !== firstBefore) set({ ...touched(), hasBeginning: false })
    },
    clear: () => {
      get().book.clear()
      work()
    },
    showAgain: () => {
      get().book.showAgain()
      work()
    },
    filter: (filter) => {
      get().book.refilter(filter)
      set(touched())
      work()
    },
  }
})

const sliceMs = 6
