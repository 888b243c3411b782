import { addressGroup } from './address-group.ts'

export interface GuessLimit {
  /** Counts one wrong secret. How long that address is over the limit, ms; 0 while it is within. */
  wrong(from: string): number
}

/** As in Moltbot; but nobody is locked out here, since a right secret is never asked about. */
const maxWrong = 10
const windowMs = 60_000
/** The one that was wrong longest ago is forgotten then. */
const maxAddresses = 1_024

/** Counts wrong secrets by address, in bounded memory. */
export function createGuessLimit(now: () => number = () => performance.now()): GuessLimit {
  const known = new Map<string, { since: number; count: number }>()
  return {
    wrong(from) {
      const key = addressGroup(from)
      const at = now()
      const found = known.get(key)
      const entry = found && at - found.since < windowMs ? found : { since: at, count: 0 }
      entry.count += 1
      known.delete(key)
      known.set(key, entry) // last in the order of the map
      const [oldest] = known.size > maxAddresses ? known.keys() : []
      if (oldest !== undefined) known.delete(oldest)
      return entry.count <= maxWrong ? 0 : Math.ceil(entry.since + windowMs - at)
    },
  }
}
