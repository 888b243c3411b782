import type { LogRecord } from './log-record.ts'
import { passes } from './log-record.ts'
import type { LogSink } from './logger.ts'

export interface LogQueue {
  readonly add: LogSink
  /** Delivers what waits. */
  flush(): void
}

/** So many in so short a time are still calm. */
const calmRecords = 100
const calmMs = 100
/** Delivered together at most. */
const maxTogether = 100

/**
 * While the log is calm each record is delivered at once, so that it is on the disk whatever happens next.
 * In a flood those of one turn of the event loop go together, which costs less; errors never wait.
 */
export function createLogQueue(deliver: (records: readonly LogRecord[]) => void): LogQueue {
  const waiting: LogRecord[] = []
  let since = 0
  let count = 0
  let isDue = false
  let isDelivering = false

  function flush(): void {
    // What is logged by a delivery itself comes after it.
    if (isDelivering) return
    isDelivering = true
    try {
      while (waiting.length > 0) deliver(waiting.splice(0, maxTogether))
    } finally {
      isDelivering = false
    }
  }

  function isCalm(): boolean {
    const now = performance.now()
    if (now - since > calmMs) {
      since = now
      count = 0
    }
    count += 1
    return count <= calmRecords
  }

  return {
    add(record) {
      waiting.push(record)
      if (isCalm() || passes(record.level, 'error')) return flush()
      if (isDue) return
      isDue = true
      setImmediate(() => {
        isDue = false
        flush()
      })
    },
    flush,
  }
}
