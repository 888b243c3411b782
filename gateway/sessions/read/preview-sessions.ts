import type { SessionsPreviewParams } from '../../../shared/protocol/session-params.ts'
import type { SessionState } from '../session-state.ts'
import { readPreview } from '../transcript/transcript-glimpse.ts'
import type { PreviewItem } from '../transcript/transcript-message.ts'
import { findSession } from './find-session.ts'

export interface SessionPreview {
  /** As it was asked for. */
  readonly key: string
  readonly status: 'ok' | 'empty' | 'missing' | 'error'
  readonly items: readonly PreviewItem[]
}

const maxKeys = 64

/** The last messages of several sessions, each in a few letters; fewer where all would be longer than `maxBytes`. */
export async function previewSessions(
  state: SessionState,
  { keys, limit = 12, maxChars = 240 }: SessionsPreviewParams,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<{ readonly ts: number; readonly previews: readonly SessionPreview[] }> {
  const previews: SessionPreview[] = []
  const asked = keys.map((text) => text.trim()).filter(Boolean)
  const wanted = asked.slice(0, maxKeys)
  for (const key of wanted) {
    const preview = await previewSession(state, key, Math.min(limit, 50), Math.min(maxChars, 2_000))
    previews.push({ ...preview, items: lastWithin(preview.items, maxBytes / wanted.length) })
  }
  return { ts: Date.now(), previews }
}

async function previewSession(
  state: SessionState,
  key: string,
  limit: number,
  maxChars: number,
): Promise<SessionPreview> {
  const { found, problem } = await findSession(state, key)
  if (!found?.entry.sessionId) return { key, status: problem ? 'error' : 'missing', items: [] }
  const items = (await readPreview(found, limit, maxChars)) ?? []
  return { key, status: items.length > 0 ? 'ok' : 'empty', items }
}

function lastWithin(items: readonly PreviewItem[], maxBytes: number): readonly PreviewItem[] {
  let bytes = 0
  const tooMany = items.findLastIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1
    return bytes > maxBytes
  })
  return items.slice(tooMany + 1)
}
