import { useLog } from './log-store.ts'
import { useLogView } from './log-view-store.ts'
import { countBelow } from './sorted-numbers.ts'

/** What is listed now: the first `count` of the numbers, which a pause keeps from growing. */
export function useShown(): { numbers: readonly number[]; count: number; revision: number } {
  const revision = useLog((log) => log.revision)
  const numbers = useLog((log) => log.book).shown
  const pausedAt = useLogView((view) => view.pausedAt)
  const count = pausedAt === null ? numbers.length : countBelow(numbers, pausedAt)
  return { numbers, count, revision }
}
