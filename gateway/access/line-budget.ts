export interface LineBudget {
  /** Whether one more of that name may have a line of its own; else it is counted. */
  spend(name: string): boolean
  /** What had none since the last time, by name. */
  take(): { readonly count: number; readonly names: Readonly<Record<string, number>> } | null
}

const perSecond = 5
const atOnce = 50
const maxNames = 20

/** A flood of what anybody may do must neither fill the disk nor push out who was let in. */
export function createLineBudget(now: () => number): LineBudget {
  let left = atOnce
  let filledAt = now()
  let count = 0
  let names = new Map<string, number>()
  return {
    spend(name) {
      const at = now()
      // A clock that is set back gives nothing.
      left = Math.min(atOnce, left + (Math.max(0, at - filledAt) * perSecond) / 1000)
      filledAt = at
      if (left >= 1) {
        left -= 1
        return true
      }
      count += 1
      const counted = names.has(name) || names.size < maxNames ? name : 'other'
      names.set(counted, (names.get(counted) ?? 0) + 1)
      return false
    },
    take() {
      if (count === 0) return null
      const taken = { count, names: Object.fromEntries(names) }
      count = 0
      names = new Map()
      return taken
    },
  }
}
