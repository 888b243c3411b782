import type { Dirent } from 'node:fs'
import { opendir } from 'node:fs/promises'
import { join } from 'node:path'

/** A folder with more than this below is not one that a gateway writes. */
const maxEntries = 20_000

export interface WalkedEntry {
  readonly path: string
  readonly kind: 'file' | 'folder'
}

/**
 * Files and folders below `folder`, at most `depth` levels; no link is followed, and nothing that is neither is
 * named. What cannot be read is passed over: its own mode says so. Throws nothing.
 */
export async function* walk(folder: string, depth: number, seen = { count: 0 }): AsyncGenerator<WalkedEntry> {
  let entries: AsyncIterable<Dirent>
  try {
    entries = await opendir(folder, { bufferSize: 256 })
    for await (const entry of entries) {
      seen.count += 1
      if (seen.count > maxEntries) return
      const path = join(folder, entry.name)
      if (entry.isFile()) yield { path, kind: 'file' }
      else if (entry.isDirectory()) {
        yield { path, kind: 'folder' }
        if (depth > 1) yield* walk(path, depth - 1, seen)
      }
    }
  } catch {
    // Gone, or not readable.
  }
}

export const walkLimit = maxEntries
