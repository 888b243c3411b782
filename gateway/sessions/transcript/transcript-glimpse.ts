import { textOf } from '../../../shared/loose-value.ts'
import { openStateFile } from '../open-state-file.ts'
import { readBlock, readLinesBackwards } from '../read-lines.ts'
import type { SessionEntry } from '../store/session-entry.ts'
import type { StorePlace } from '../store/store-places.ts'
import { firstText, messageOfLine, type PreviewItem, previewOf } from './transcript-message.ts'
import { findTranscript } from './transcript-place.ts'

export interface GlimpseRequest {
  readonly place: StorePlace
  readonly entry: SessionEntry
}

const headBytes = 8 * 1024
const headLines = 10
const tailBytes = 16 * 1024
const previewBytes = 1024 * 1024

/** What the person wrote first, as a title may be made of it; undefined where the file does not say. */
export async function readFirstMessage({ place, entry }: GlimpseRequest): Promise<string | undefined> {
  return withTranscript(place, entry, undefined, async (handle) => {
    const head = await readBlock(handle, 0, headBytes)
    for (const line of head.toString().split('\n').slice(0, headLines)) {
      const message = messageOfLine(line)
      const text = message?.role === 'user' ? firstText(message) : undefined
      if (text !== undefined) return text
    }
    return undefined
  })
}

/** The last thing that the person or the agent wrote. */
export async function readLastMessage({ place, entry }: GlimpseRequest): Promise<string | undefined> {
  return withTranscript(place, entry, undefined, async (handle, size) => {
    let found: string | undefined
    const take = (line: Buffer) => {
      const message = messageOfLine(line)
      if (message?.role === 'user' || message?.role === 'assistant') found = firstText(message)
      return found === undefined
    }
    await readLinesBackwards(handle, { size, maxBytes: tailBytes, take })
    return found
  })
}

/** The last messages in a few letters each, oldest first; null where there is no transcript. */
export async function readPreview(
  { place, entry }: GlimpseRequest,
  maxItems: number,
  maxChars: number,
): Promise<readonly PreviewItem[] | null> {
  return withTranscript(place, entry, null, async (handle, size) => {
    const items: PreviewItem[] = []
    const take = (line: Buffer) => {
      const message = messageOfLine(line)
      const item = message && previewOf(message, maxChars)
      if (item) items.push(item)
      return items.length < maxItems
    }
    await readLinesBackwards(handle, { size, maxBytes: previewBytes, take })
    return items.reverse()
  })
}

type OpenHandle = Extract<Awaited<ReturnType<typeof openStateFile>>, { kind: 'open' }>['handle']

async function withTranscript<T>(
  place: StorePlace,
  entry: SessionEntry,
  absent: T,
  read: (handle: OpenHandle, size: number) => Promise<T>,
): Promise<T> {
  const transcript = await findTranscript(place, entry)
  if (transcript === null) return absent
  const file = await openStateFile(transcript.path, transcript.folder)
  if (file.kind !== 'open') return absent
  try {
    return await read(file.handle, file.size)
  } catch {
    return absent // it went away between two reads
  } finally {
    await file.handle.close()
  }
}

const maxTitle = 60

/** What a session may be called in a list. */
export function titleOf(entry: SessionEntry, firstMessage: string | undefined): string | undefined {
  const named = textOf(entry.displayName) ?? textOf(entry.subject)
  if (named !== undefined) return named
  const text = firstMessage?.replace(/\s+/g, ' ').trim()
  if (text) return shortTitle(text)
  const { sessionId, updatedAt } = entry
  if (!sessionId) return undefined
  const day =
    updatedAt && updatedAt > 0 && updatedAt < 8.64e15 ? new Date(updatedAt).toISOString().slice(0, 10) : null
  return day ? `${sessionId.slice(0, 8)} (${day})` : sessionId.slice(0, 8)
}

function shortTitle(text: string): string {
  if (text.length <= maxTitle) return text
  const cut = text.slice(0, maxTitle - 1)
  const space = cut.lastIndexOf(' ')
  return `${space > maxTitle * 0.6 ? cut.slice(0, space) : cut}…`
}
