import { basename, dirname, join } from 'node:path'
import { realPlace } from '../open-state-file.ts'
import type { SessionEntry } from '../store/session-entry.ts'
import { realSessionsFolder } from '../store/sessions-folder.ts'
import { isWithin, type StorePlace } from '../store/store-places.ts'

/** The name of a transcript is made of it: no slash, no dot at the beginning, no control character. */
export function isSessionId(text: string | undefined): text is string {
  return text !== undefined && /^[a-z0-9][a-z0-9._-]{0,127}$/i.test(text)
}

/**
 * Where the messages of a session may be, the likeliest first. The file that an entry names counts only where it
 * lies in the folder of sessions; of any other one, as of a home that has moved, only its name is taken.
 */
export function transcriptPlaces(place: StorePlace, entry: SessionEntry): readonly string[] {
  const folder = dirname(place.path)
  const { sessionId, sessionFile } = entry
  const paths: string[] = []
  if (sessionFile?.endsWith('.jsonl') && isSessionId(basename(sessionFile))) {
    paths.push(isWithin(folder, sessionFile) ? sessionFile : join(folder, basename(sessionFile)))
  }
  if (isSessionId(sessionId)) paths.push(join(folder, `${sessionId}.jsonl`))
  return [...new Set(paths)]
}

export interface FoundTranscript {
  /** Without links; inside `folder`. */
  readonly path: string
  readonly folder: string
}

/** The first of them that is there. A link may lead to another place in the folder of sessions, and no further. */
export async function findTranscript(
  place: StorePlace,
  entry: SessionEntry,
): Promise<FoundTranscript | null> {
  const folder = await realSessionsFolder(place)
  if (folder === null) return null
  for (const path of transcriptPlaces(place, entry)) {
    const real = await realPlace(path, folder)
    if (real.kind === 'real') return { path: real.path, folder }
  }
  return null
}
