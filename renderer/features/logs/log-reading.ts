import type { HostClient } from '../../../shared/host-client.ts'
import type { LogCursor } from '../../../shared/log.ts'
import { useLog } from './log-store.ts'

/** What the Logs page can ask for. */
export interface LogCommands {
  /** The page is looked at: reads on, and goes on reading as the log grows. Returns what ends it. */
  watch(): () => void
  /** Reads again after it could not. */
  readOn(): void
  loadEarlier(): void
  /** Leaves the stretch that is held and goes to the newest lines. */
  readNewest(): void
}

const openingLines = 2_000
const linesAtOnce = 1_000
const earlierLines = 2_000

/**
 * Reads the log into its store while somebody looks: one call at a time, the next one only when the last
 * has been taken in, so that a flood waits in the file instead of in the page.
 */
export class LogReading implements LogCommands {
  readonly #client: HostClient
  #cursor: LogCursor | null = null
  #isWatched = false
  #isReading = false
  #isMoreToRead = false
  /** Answers to calls of an earlier run are no longer wanted. */
  #run = 0

  constructor(client: HostClient) {
    this.#client = client
    client.on('logs.grew', () => this.readOn())
  }

  watch(): () => void {
    this.#isWatched = true
    this.readOn()
    return () => {
      this.#isWatched = false
    }
  }

  readOn(): void {
    if (!this.#isWatched) return
    this.#isMoreToRead = true
    if (!this.#isReading) void this.#read()
  }

  readNewest(): void {
    this.#run += 1
    this.#cursor = null
    this.#isReading = false
    useLog.getState().began()
    this.readOn()
  }

  loadEarlier(): void {
    const { book, isLoadingEarlier, hasBeginning, earlierBegan } = useLog.getState()
    const before = book.firstCursor
    if (isLoadingEarlier || hasBeginning || book.isCleared || !before) return
    earlierBegan()
    void this.#readEarlier(before)
  }

  async #read(): Promise<void> {
    const run = this.#run
    this.#isReading = true
    while (this.#isMoreToRead && this.#isWatched) {
      this.#isMoreToRead = false
      const { room } = useLog.getState().book
      if (room === 0) {
        useLog.getState().fellBehind()
        break
      }
      const cursor = this.#cursor
      const maxLines = Math.min(room, cursor === null ? openingLines : linesAtOnce)
      const outcome = await this.#client.call('logs.read', { cursor, maxLines })
      if (run !== this.#run) return
      // Earlier lines have taken the place of the newest meanwhile: this answer would leave a gap.
      if (cursor !== this.#cursor) {
        this.#isMoreToRead = true
        continue
      }
      if (!outcome.ok) {
        // With the connection gone there is nothing to say here: the page says so, and reads on once it is back.
        if (outcome.code !== 'CONNECTION_LOST') useLog.getState().failed(outcome)
        break
      }
      const chunk = outcome.value
      // Without a file there is no place in it either.
      this.#cursor = chunk.next.inode === 0 ? null : chunk.next
      useLog.getState().took(chunk)
      if (chunk.more) this.#isMoreToRead = true
    }
    this.#isReading = false
  }

  async #readEarlier(before: LogCursor): Promise<void> {
    const run = this.#run
    const outcome = await this.#client.call('logs.earlier', { before, maxLines: earlierLines })
    if (run !== this.#run) return
    const { book, tookEarlier, earlierFailed } = useLog.getState()
    if (!outcome.ok) return earlierFailed(outcome.code === 'CONNECTION_LOST' ? null : outcome)
    const stillFirst = book.firstCursor
    // The oldest lines have left meanwhile; what came does not join on to the rest.
    if (stillFirst?.inode !== before.inode || stillFirst.offset !== before.offset) return earlierFailed(null)
    const end = book.end
    tookEarlier(outcome.value)
    // Newer lines have left for the older ones; reading goes on where they began.
    if (book.end !== end) this.#cursor = book.endCursor
  }
}
