import { isLoopbackAddress } from '../server/peer.ts'
import type { AccessEntry } from './access-log.ts'

export interface ProbeSum {
  readonly kind: 'http'
  readonly from: string
  readonly request: string
  readonly status: number
  readonly count: number
}

export interface ProbeCounts {
  /** Whether the entry is a look at the gateway's state that went well, and whether the peer's first. */
  count(entry: AccessEntry): 'first' | 'again' | null
  /** What was counted since the last time, without the first ones. */
  take(): ProbeSum[]
}

const requests: ReadonlySet<string> = new Set(['GET /health', 'HEAD /health', 'GET /metrics'])
/** 127.0.0.0/8 has more addresses than anybody needs to remember. */
const maxPeers = 64

/** Ours looks each two seconds: 43,000 lines a day that say that all is well. */
export function createProbeCounts(): ProbeCounts {
  const sums = new Map<string, ProbeSum>()
  return {
    count({ kind, from, request = '', status = 0, forwardedFor }) {
      const isWell = kind === 'http' && status === 200 && forwardedFor === undefined
      if (!isWell || !requests.has(request) || !isLoopbackAddress(from)) return null
      const key = `${from} ${request}`
      const sum = sums.get(key)
      if (!sum && sums.size >= maxPeers) return null
      sums.set(key, { kind, from, request, status, count: sum ? sum.count + 1 : 0 })
      return sum ? 'again' : 'first'
    },
    take() {
      const found = [...sums.values()].filter(({ count }) => count > 0)
      for (const [key, sum] of sums) {
        // Who has not come for an hour is new when it comes again.
        if (sum.count === 0) sums.delete(key)
        else sums.set(key, { ...sum, count: 0 })
      }
      return found
    },
  }
}
