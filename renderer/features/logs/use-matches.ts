import { useWording } from '../../wording.ts'
import { useLog } from './log-store.ts'
import { useLogView } from './log-view-store.ts'
import { countBelow } from './sorted-numbers.ts'

/** What the search has found, in words, and the way from one match to the next (around the ends). */
export function useMatches(): { said: string; total: number; goOn(isBack: boolean): void } {
  const { language, t } = useWording()
  const { book } = useLog()
  const active = useLogView((view) => view.active)
  const { matching } = book
  const at = active === null ? -1 : countBelow(matching, active)
  const isOnMatch = active !== null && matching[at] === active
  const say = () => {
    if (matching.length === 0) return t('logs.noMatch')
    if (!isOnMatch) return t('logs.matches', { count: matching.length })
    return t('logs.matchOf', {
      n: (at + 1).toLocaleString(language),
      total: matching.length.toLocaleString(language),
    })
  }
  return {
    said: say(),
    total: matching.length,
    goOn: (isBack) => {
      const { place, seek, standStill } = useLogView.getState()
      const index = countBelow(matching, active ?? place?.number ?? book.first)
      const next = isBack ? index - 1 : index + (isOnMatch ? 1 : 0)
      // Who has just begun to search wants what is nearest, not the other end.
      const isBegin = active === null && next === matching.length
      const number = matching[isBegin ? next - 1 : (next + matching.length) % matching.length]
      if (number === undefined) return
      standStill(book.end)
      seek(number)
    },
  }
}
