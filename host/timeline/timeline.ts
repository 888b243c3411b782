import { type FileHandle, open, readFile, rename } from 'node:fs/promises'
import type { Problem } from '../../shared/problem.ts'
import { type TimelineEntry, type TimelineKind, timelineEntrySchema } from '../../shared/timeline.ts'

/** Entries kept at hand; on disk there are up to twice as many, in this file and the one before. */
const keptEntries = 2_000
/** Of a list in an entry's evidence, its last lines up to this many characters: entries stay for long. */
const maxListChars = 4_000

/** What happened, in order, as a file of JSON lines that is only ever appended to. */
export class Timeline {
  readonly #path: string
  readonly #entries: TimelineEntry[]
  readonly #onAppend: (entry: TimelineEntry) => void
  #file: FileHandle
  #linesInFile: number
  /** A kill or a full disk may have cut the last line short; what follows must not become part of it. */
  #endsOpen: boolean
  #nextSeq: number
  #writing: Promise<void> = Promise.resolve()

  private constructor(
    path: string,
    file: FileHandle,
    read: { readonly entries: TimelineEntry[]; readonly lines: number; readonly endsOpen: boolean },
    onAppend: (entry: TimelineEntry) => void,
  ) {
    this.#path = path
    this.#file = file
    this.#entries = read.entries
    this.#linesInFile = read.lines
    this.#endsOpen = read.endsOpen
    this.#nextSeq = (read.entries.at(-1)?.seq ?? 0) + 1
    this.#onAppend = onAppend
  }

  static async open(path: string, onAppend: (entry: TimelineEntry) => void): Promise<Timeline> {
    const older = await readEntries(`${path}.1`)
    const recent = await readEntries(path)
    const file = await open(path, 'a', 0o600)
    const entries = [...older.entries, ...recent.entries].slice(-keptEntries)
    return new Timeline(path, file, { ...recent, entries }, onAppend)
  }

  append(
    kind: TimelineKind,
    found: Problem | null,
    evidence: Record<string, string | number | string[]>,
    at: number,
  ): void {
    const entry: TimelineEntry = {
      seq: this.#nextSeq++,
      at,
      kind,
      problem: found,
      evidence: bounded(evidence),
    }
    this.#entries.push(entry)
    if (this.#entries.length > keptEntries) this.#entries.shift()
    // A full disk must not stop the supervisor: the entry is shown, though it will not be there after a restart.
    this.#writing = this.#writing.then(() => this.#write(entry)).catch(() => {})
    this.#onAppend(entry)
  }

  /** The newest `limit` entries older than number `before`, newest first. */
  page(before: number, limit: number): { entries: TimelineEntry[]; more: boolean } {
    const older = this.#entries.filter((entry) => entry.seq < before)
    return { entries: older.slice(-limit).reverse(), more: older.length > limit }
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#file.sync().catch(() => {})
    await this.#file.close()
  }

  async #write(entry: TimelineEntry): Promise<void> {
    if (this.#linesInFile >= keptEntries) await this.#rotate()
    const start = this.#endsOpen ? '\n' : ''
    this.#endsOpen = true
    await this.#file.appendFile(`${start}${JSON.stringify(entry)}\n`)
    this.#endsOpen = false
    this.#linesInFile += 1
  }

  async #rotate(): Promise<void> {
    // The old file stays open until there is a new one: whatever fails here, entries still have a place.
    await rename(this.#path, `${this.#path}.1`)
    const old = this.#file
    this.#file = await open(this.#path, 'a', 0o600)
    this.#endsOpen = false
    this.#linesInFile = 0
    await old.close()
  }
}

function bounded(evidence: TimelineEntry['evidence']): TimelineEntry['evidence'] {
  return Object.fromEntries(
    Object.entries(evidence).map(([name, fact]) => [name, Array.isArray(fact) ? lastLines(fact) : fact]),
  )
}

function lastLines(lines: readonly string[]): string[] {
  let left = maxListChars
  const kept = lines.findLastIndex((line) => {
    left -= line.length
    return left < 0
  })
  return lines.slice(kept + 1)
}

async function readEntries(
  path: string,
): Promise<{ entries: TimelineEntry[]; lines: number; endsOpen: boolean }> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const lines = text.split('\n').filter((line) => line !== '')
  return {
    entries: lines.flatMap(parseEntry),
    lines: lines.length,
    endsOpen: text !== '' && !text.endsWith('\n'),
  }
}

/** A line cut short by a power loss is left where it is and not shown. */
function parseEntry(line: string): TimelineEntry[] {
  try {
    const entry = timelineEntrySchema.safeParse(JSON.parse(line))
    return entry.success ? [entry.data] : []
  } catch {
    return []
  }
}
