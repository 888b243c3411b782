import type { LogEntry } from './log-entry.ts'
import { type LogFilter, matches, passesLevels, queryPattern } from './log-filter.ts'
import { countBelow } from './sorted-numbers.ts'

/** What one filter lets through of a stretch of entries, by their numbers, ascending. */
export class Sieve {
  readonly filter: LogFilter
  /** Entries whose level is shown. */
  passing: number[] = []
  /** Those of them that hold the query. */
  matching: number[] = []
  /** The next entry to look at. */
  next: number
  readonly #pattern: RegExp | null

  constructor(filter: LogFilter, next: number) {
    this.filter = filter
    this.next = next
    this.#pattern = queryPattern(filter.query)
  }

  get shown(): readonly number[] {
    return this.#pattern !== null && this.filter.onlyMatching ? this.matching : this.passing
  }

  /** Looks at the entry that {@link next} names. */
  take(entry: LogEntry): void {
    const number = this.next++
    if (!passesLevels(this.filter, entry)) return
    this.passing.push(number)
    if (this.#pattern !== null && matches(this.#pattern, entry)) this.matching.push(number)
  }

  /** Puts entries before all that were looked at; `first` is the number of the first of them. */
  prepend(entries: readonly LogEntry[], first: number): void {
    const earlier = new Sieve(this.filter, first)
    for (const entry of entries) earlier.take(entry)
    this.passing = earlier.passing.concat(this.passing)
    this.matching = earlier.matching.concat(this.matching)
  }

  dropBefore(number: number): void {
    this.passing.splice(0, countBelow(this.passing, number))
    this.matching.splice(0, countBelow(this.matching, number))
    this.next = Math.max(this.next, number)
  }

  dropFrom(number: number): void {
    this.passing.length = countBelow(this.passing, number)
    this.matching.length = countBelow(this.matching, number)
    this.next = Math.min(this.next, number)
  }
}
