import { isLine, type LogEntry } from './log-entry.ts'
import { type LevelKey, levelOf } from './log-filter.ts'

/** How many of the entries are lines of each level. Entries between lines are not counted. */
export class LevelCounts {
  readonly #counts: Partial<Record<LevelKey, number>> = {}

  get all(): Readonly<Partial<Record<LevelKey, number>>> {
    return this.#counts
  }

  add(entry: LogEntry, by: 1 | -1): void {
    if (!isLine(entry)) return
    const level = levelOf(entry)
    this.#counts[level] = (this.#counts[level] ?? 0) + by
  }
}
