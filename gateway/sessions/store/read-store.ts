import type { FileHandle } from 'node:fs/promises'
import { type Problem, problem } from '../../../shared/problem.ts'
import { openStateFile } from '../open-state-file.ts'
import { type SessionEntry, sessionEntryOf } from './session-entry.ts'
import type { StorePlace } from './store-places.ts'
import { createStoreScanner, type ScanFault, type ScannedEntry } from './store-scanner.ts'

export interface StoreContent {
  /** By the key as it is written in the file; those before a fault where there is one. */
  readonly entries: ReadonlyMap<string, SessionEntry>
  /** Why not all of it could be read. */
  readonly problem: Problem | null
}

interface Kept {
  readonly identity: string
  readonly content: Promise<StoreContent>
  readonly forget: NodeJS.Timeout
}

const chunkBytes = 256 * 1024
const keepMs = 60_000
const kept = new Map<string, Kept>()

/** What the file lists; empty where there is none. Read again only when the file is another one. */
export async function readStore({ path, root }: StorePlace): Promise<StoreContent> {
  const file = await openStateFile(path, root)
  if (file.kind === 'absent') return { entries: new Map(), problem: null }
  if (file.kind === 'refused') return { entries: new Map(), problem: file.problem }
  const identity = await identityOf(file.handle)
  const known = kept.get(path)
  if (known?.identity === identity) {
    known.forget.refresh()
    await file.handle.close()
    return known.content
  }
  const content = readEntries(path, file.handle)
  keep(path, identity, content)
  return content
}

async function readEntries(path: string, handle: FileHandle): Promise<StoreContent> {
  const entries = new Map<string, SessionEntry>()
  try {
    const fault = await scanFile(handle, ({ key, value }) => entries.set(key, sessionEntryOf(value)))
    return { entries, problem: fault ? problem('SESSIONS_BROKEN', { path, ...fault }) : null }
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error)
    return { entries, problem: problem('STATE_FILE_UNREADABLE', { path, detail }) }
  } finally {
    await handle.close()
  }
}

/** In pieces: between two of them, others get their turn. Rejects with the system's error. */
export async function scanFile(
  handle: FileHandle,
  found: (entry: ScannedEntry) => void,
): Promise<ScanFault | null> {
  const scanner = createStoreScanner(found)
  const buffer = Buffer.alloc(chunkBytes)
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(buffer, 0, chunkBytes, position)
    if (bytesRead === 0) return scanner.end()
    scanner.push(buffer.subarray(0, bytesRead))
    position += bytesRead
  }
}

/** Another one after each change of the file, and where another file took its place. */
export async function identityOf(handle: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await handle.stat({ bigint: true })
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ')
}

/**
 * Spares the next reader a file of which all but `changes` is known: it was written from what had the identity
 * `before`. Null takes an entry out.
 */
export async function keepChanged(
  path: string,
  before: string | null,
  after: string,
  changes: ReadonlyMap<string, SessionEntry | null>,
): Promise<void> {
  const known = kept.get(path)
  if (!known || known.identity !== before) return
  const { entries, problem } = await known.content
  if (problem) return
  const next = new Map(entries)
  for (const [key, entry] of changes) {
    if (entry) next.set(key, entry)
    else next.delete(key)
  }
  keep(path, after, Promise.resolve({ entries: next, problem: null }))
}

function keep(path: string, identity: string, content: Promise<StoreContent>): void {
  clearTimeout(kept.get(path)?.forget)
  const forget = setTimeout(() => kept.delete(path), keepMs).unref()
  kept.set(path, { identity, content, forget })
}
