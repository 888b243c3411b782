/** One entry of the file: `"key": value` as it is written there, and what it means. */
export interface ScannedEntry {
  readonly key: string
  readonly value: unknown
  /** With its key, without the comma; the caller may keep it. */
  readonly raw: Buffer
}

/** `line` is counted from 1. */
export interface ScanFault {
  readonly line: number
  readonly detail: string
}

export interface StoreScanner {
  /** Takes the next bytes of the file; nothing more is found after a fault. */
  push(chunk: Buffer): void
  /** What is wrong with the file as a whole; null where nothing is. */
  end(): ScanFault | null
}

/** An entry is a few KB; more than this is no entry. */
const maxEntryBytes = 16 * 1024 * 1024
const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const lineFeed = 0x0a
const brace = { open: 0x7b, close: 0x7d } as const
const bracket = { open: 0x5b, close: 0x5d } as const

/**
 * Reads one JSON object entry by entry, so that a list of many thousands neither holds up the event loop, as one
 * `JSON.parse` of it would, nor is lost as a whole where its end is torn off.
 */
export function createStoreScanner(found: (entry: ScannedEntry) => void): StoreScanner {
  let phase: 'before' | 'inside' | 'after' = 'before'
  let depth = 0
  let isString = false
  let isEscaped = false
  let line = 1
  let count = 0
  let pending: Buffer[] = []
  let pendingBytes = 0
  let fault: ScanFault | null = null

  function fail(detail: string): void {
    fault ??= { line, detail }
    pending = []
  }

  function finish(part: Buffer, isLast: boolean): void {
    const raw = trimmed(pending.length > 0 ? Buffer.concat([...pending, part]) : part)
    pending = []
    pendingBytes = 0
    if (raw.length === 0 && isLast && count === 0) return
    const entry = parseEntry(raw)
    if (!entry) return fail('an entry is not valid JSON')
    count += 1
    found(entry)
  }

  /**
   * The place of the quote that ends the string, or of the last byte. Most of a list is text, which is therefore
   * not read byte by byte.
   */
  function endOfString(chunk: Buffer, begun: number): number {
    let at = begun
    if (isEscaped) {
      isEscaped = false
      at += 1
    }
    for (;;) {
      const end = chunk.indexOf(quote, at)
      const stop = end === -1 ? chunk.length : end
      let slashes = 0
      while (stop - slashes > at && chunk[stop - slashes - 1] === backslash) slashes += 1
      if (end === -1) {
        isEscaped = slashes % 2 === 1
        return chunk.length - 1
      }
      if (slashes % 2 === 0) {
        isString = false
        return end
      }
      at = end + 1
    }
  }

  /** Outside of the object there may be space only. */
  function outside(byte: number): void {
    if (byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === lineFeed) return
    if (phase === 'before' && byte === brace.open) {
      phase = 'inside'
      depth = 1
    } else fail(phase === 'before' ? 'it is not a JSON object' : 'there is more after its end')
  }

  return {
    push(chunk) {
      let from = 0
      for (let at = 0; at < chunk.length && !fault; at += 1) {
        if (isString) {
          at = endOfString(chunk, at)
          continue
        }
        const byte = chunk[at] ?? 0
        if (byte === lineFeed) line += 1
        if (phase !== 'inside') {
          outside(byte)
          from = at + 1
        } else if (byte === quote) isString = true
        else if (byte === brace.open || byte === bracket.open) depth += 1
        else if (byte === brace.close || byte === bracket.close) {
          depth -= 1
          if (depth > 0) continue
          if (byte === bracket.close) return fail('a bracket closes what a brace began')
          finish(chunk.subarray(from, at), true)
          phase = 'after'
        } else if (byte === comma && depth === 1) {
          finish(chunk.subarray(from, at), false)
          from = at + 1
        }
      }
      if (fault || phase !== 'inside') return
      pending.push(Buffer.from(chunk.subarray(from)))
      pendingBytes += chunk.length - from
      if (pendingBytes > maxEntryBytes) fail('an entry has no end')
    },
    end() {
      if (!fault && phase !== 'after') fail(phase === 'before' ? 'it is empty' : 'its end is missing')
      return fault
    },
  }
}

function parseEntry(raw: Buffer): ScannedEntry | null {
  try {
    const entries = Object.entries(JSON.parse(`{${raw}}`))
    const [first, second] = entries
    return first && !second ? { key: first[0], value: first[1], raw: Buffer.from(raw) } : null
  } catch {
    return null
  }
}

function trimmed(bytes: Buffer): Buffer {
  let from = 0
  let to = bytes.length
  while (from < to && isSpace(bytes[from])) from += 1
  while (to > from && isSpace(bytes[to - 1])) to -= 1
  return bytes.subarray(from, to)
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === lineFeed
}
