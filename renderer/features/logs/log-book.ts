import type { LogChunk, LogCursor } from '../../../shared/log.ts'
import { LevelCounts } from './level-counts.ts'
import { isLine, type LogEntry, type LogMark } from './log-entry.ts'
import { everything, type LevelKey, type LogFilter } from './log-filter.ts'
import { Sieve } from './sieve.ts'

export interface BookLimits {
  readonly entries: number
  /** UTF-16 units of all texts together: a hundred thousand lines of 16 KiB would not fit a page. */
  readonly characters: number
}

const limitsOfThePage: BookLimits = { entries: 100_000, characters: 32 * 1024 * 1024 }
/** What is dropped at once, so that the list does not shift with every line. */
const droppedShare = 0.1
const leastShare = 0.01
/** With the lines of one answer may come word of another file and of lines passed over. */
const marksAtOnce = 2
/** Entries looked at between two looks at the clock. */
const sliceEntries = 64

/**
 * The stretch of the log that the page holds: entries numbered without gaps, rising towards the newest.
 * A number keeps naming its entry for as long as the page lives. Bounded: the oldest leave, unless the
 * reader stands there; then {@link hasRoom} turns false and no more should be read.
 */
export class LogBook {
  #entries: LogEntry[] = []
  #first = 0
  #characters = 0
  #files: { from: number; inode: number; path: string }[] = []
  #sieve = new Sieve(everything, 0)
  /** The sieve of a newer filter, until it has looked at everything. */
  #coming: Sieve | null = null
  #counts = new LevelCounts()
  /** The entry before which nothing is shown. */
  #clearedBefore = Number.NEGATIVE_INFINITY
  #held: number | null = null
  readonly #limits: BookLimits

  constructor(limits: BookLimits = limitsOfThePage) {
    this.#limits = limits
  }

  get first(): number {
    return this.#first
  }
  /** The number the next newer entry will get. */
  get end(): number {
    return this.#first + this.#entries.length
  }
  get filter(): LogFilter {
    return (this.#coming ?? this.#sieve).filter
  }
  get isFiltering(): boolean {
    return this.#coming !== null
  }
  /** Numbers of what is shown, ascending. */
  get shown(): readonly number[] {
    return this.#sieve.shown
  }
  /** Numbers of the lines that hold the query, ascending. */
  get matching(): readonly number[] {
    return this.#sieve.matching
  }
  get counts(): Readonly<Partial<Record<LevelKey, number>>> {
    return this.#counts.all
  }
  get isCleared(): boolean {
    return this.#clearedBefore > Number.NEGATIVE_INFINITY
  }
  /** How many entries were cleared from the view and could be shown again. */
  get cleared(): number {
    return Math.max(0, Math.min(this.end, this.#clearedBefore) - this.#first)
  }
  /** How many more lines may be read now. */
  get room(): number {
    if (this.#characters >= this.#limits.characters) return 0
    return Math.max(0, this.#limits.entries - this.#entries.length - marksAtOnce)
  }
  get hasRoom(): boolean {
    return this.room > 0
  }

  entry(number: number): LogEntry | undefined {
    return this.#entries[number - this.#first]
  }

  fileOf(number: number): { inode: number; path: string } | undefined {
    return this.#files.findLast(({ from }) => from <= number)
  }

  /** Where the oldest line begins; null without lines. */
  get firstCursor(): LogCursor | null {
    const index = this.#entries.findIndex(isLine)
    const line = this.#entries[index]
    const file = this.fileOf(this.#first + index)
    return line && isLine(line) && file ? { inode: file.inode, offset: line.offset } : null
  }

  /** Behind the newest line; null without lines. */
  get endCursor(): LogCursor | null {
    const line = this.#entries.findLast(isLine)
    const file = this.#files.at(-1)
    return line && file ? { inode: file.inode, offset: line.offset + line.bytes + 1 } : null
  }

  /** Adds what was read on from the end. */
  append({ inode, path, lines, skippedBytes, restarted }: LogChunk): void {
    const isNoFileYet = inode === 0
    if (isNoFileYet) return
    const known = this.#files.at(-1)
    const marks: LogMark[] = []
    if (restarted && known) marks.push({ mark: 'restarted', path })
    else if (known && known.inode !== inode) marks.push({ mark: 'otherFile', path })
    if (skippedBytes > 0) marks.push({ mark: 'skipped', bytes: skippedBytes })
    if (known?.inode !== inode) this.#files.push({ from: this.end, inode, path })
    const added: readonly LogEntry[] = marks.length === 0 ? lines : [...marks, ...lines]
    for (const entry of added) {
      this.#entries.push(entry)
      this.#count(entry, this.end - 1, 1)
      this.#sieve.take(entry)
    }
    this.#trim()
  }

  /** Adds what lies before the oldest line. Where that is too much, the newest leave: true then. */
  prepend({ lines }: LogChunk): boolean {
    if (lines.length === 0) return false
    const first = this.#first - lines.length
    this.#entries = [...lines, ...this.#entries]
    this.#first = first
    const [oldest] = this.#files
    if (oldest) oldest.from = Math.min(oldest.from, first)
    for (const [index, line] of lines.entries()) this.#count(line, first + index, 1)
    for (const sieve of this.#sieves()) sieve.prepend(lines, first)
    const keptEntries = Math.min(this.#entries.length, this.#limits.entries)
    let end = this.#first + keptEntries
    let over = this.#characters - this.#limits.characters
    while (over > 0 && end > this.#first + lines.length) over -= length(this.entry(--end))
    const isTooMuch = end < this.end
    if (isTooMuch) this.#dropFrom(end)
    return isTooMuch
  }

  /** The entries from this one on must stay; null where the newest are looked at. */
  hold(number: number | null): void {
    this.#held = number
    // Not a few rows for each turn of the wheel.
    const isWorthIt = (number ?? this.end) - this.#first >= this.#limits.entries * leastShare
    if (isWorthIt) this.#trim()
  }

  clear(): void {
    this.#clearedBefore = this.end
    this.refilter(this.filter)
  }

  showAgain(): void {
    this.#clearedBefore = Number.NEGATIVE_INFINITY
    this.refilter(this.filter)
  }

  /** Forgets the entries. Numbers go on rising, so that none comes to name another line. */
  reset(): void {
    this.#first = this.end
    this.#entries = []
    this.#files = []
    this.#characters = 0
    this.#counts = new LevelCounts()
    this.#sieve = new Sieve(this.filter, this.#first)
    this.#coming = null
    this.#held = null
  }

  /** Begins to apply a filter; until {@link work} is done the former one is in force. */
  refilter(filter: LogFilter): void {
    this.#coming = new Sieve(filter, Math.max(this.#first, this.#clearedBefore))
    this.#recount()
  }

  /** Filters until `isTimeUp`; true when all is done. */
  work(isTimeUp: () => boolean): boolean {
    const coming = this.#coming
    if (!coming) return true
    for (let left = sliceEntries; coming.next < this.end; left--) {
      const entry = this.entry(coming.next)
      if (entry) coming.take(entry)
      if (left > 0) continue
      if (isTimeUp()) return false
      left = sliceEntries
    }
    this.#sieve = coming
    this.#coming = null
    return true
  }

  #trim(): void {
    const { entries, characters } = this.#limits
    if (this.hasRoom) return
    const keptEntries = Math.floor(entries * (1 - droppedShare))
    const keptCharacters = characters * (1 - droppedShare)
    const mayGo = (this.#held ?? this.end) - this.#first
    let gone = Math.max(0, Math.min(mayGo, this.#entries.length - keptEntries))
    let left = this.#characters
    for (let index = 0; index < gone; index++) left -= length(this.#entries[index])
    while (gone < mayGo && left > keptCharacters) left -= length(this.#entries[gone++])
    this.#dropBefore(this.#first + gone)
  }

  #dropBefore(number: number): void {
    const gone = this.#entries.splice(0, number - this.#first)
    for (const [index, entry] of gone.entries()) this.#count(entry, this.#first + index, -1)
    this.#first = number
    for (const sieve of this.#sieves()) sieve.dropBefore(number)
    const kept = this.#files.findLastIndex(({ from }) => from <= number)
    if (kept > 0) this.#files.splice(0, kept)
  }

  #dropFrom(number: number): void {
    const gone = this.#entries.splice(number - this.#first)
    for (const [index, entry] of gone.entries()) this.#count(entry, number + index, -1)
    for (const sieve of this.#sieves()) sieve.dropFrom(number)
    while ((this.#files.at(-1)?.from ?? number) >= number && this.#files.length > 1) this.#files.pop()
  }

  #sieves(): Sieve[] {
    return this.#coming ? [this.#sieve, this.#coming] : [this.#sieve]
  }

  #count(entry: LogEntry, number: number, by: 1 | -1): void {
    this.#characters += by * length(entry)
    if (number >= this.#clearedBefore) this.#counts.add(entry, by)
  }

  #recount(): void {
    this.#counts = new LevelCounts()
    const from = Math.max(0, this.#clearedBefore - this.#first)
    for (let index = from; index < this.#entries.length; index++) {
      const entry = this.#entries[index]
      if (entry) this.#counts.add(entry, 1)
    }
  }
}

function length(entry: LogEntry | undefined): number {
  return entry && isLine(entry) ? entry.text.length : 0
}
