import { useSyncExternalStore } from 'react'

/** One timer for all who watch the same beat; none while nobody does. */
function beat(everyMs: number) {
  const listeners = new Set<() => void>()
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    subscribe(listener: () => void): () => void {
      if (listeners.size === 0) {
        now = Date.now()
        timer = setInterval(() => {
          now = Date.now()
          for (const each of listeners) each()
        }, everyMs)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) clearInterval(timer)
      }
    },
    read: () => now,
  }
}

const second = beat(1_000)
const quarterMinute = beat(15_000)

/** Wall clock in ms, renewed each second. */
export function useSecond(): number {
  return useSyncExternalStore(second.subscribe, second.read)
}

/** Wall clock in ms, renewed four times a minute: for relative times in long lists. */
export function useQuarterMinute(): number {
  return useSyncExternalStore(quarterMinute.subscribe, quarterMinute.read)
}
