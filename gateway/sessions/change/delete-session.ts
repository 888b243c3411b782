import { type Problem, problem } from '../../../shared/problem.ts'
import { findSession } from '../read/find-session.ts'
import { sessionDefaults } from '../session-defaults.ts'
import type { SessionState } from '../session-state.ts'
import { type SessionEntry, sessionEntryOf } from '../store/session-entry.ts'
import { archiveTranscript } from '../transcript/archive-transcript.ts'
import { findTranscript } from '../transcript/transcript-place.ts'
import { editSession } from './edit-session.ts'

export type DeleteOutcome =
  | {
      readonly ok: true
      readonly key: string
      readonly deleted: boolean
      /** Where the transcripts are now. */
      readonly archived: readonly string[]
    }
  | ({ readonly ok: false } & Problem)

/** Takes a session out of the list. Its transcript is never lost: it gets another name, or stays as it is. */
export async function deleteSession(
  state: SessionState,
  asked: string,
  isTranscriptMoved: boolean,
): Promise<DeleteOutcome> {
  const { mainSessionKey } = sessionDefaults(state.config)
  const known = await findSession(state, asked)
  const { key: askedFor } = known.target
  if (askedFor === mainSessionKey) return { ok: false, ...problem('SESSION_IS_MAIN', { key: askedFor }) }
  if (!known.found && known.problem) return { ok: false, ...known.problem }
  if (!known.found) return { ok: true, key: askedFor, deleted: false, archived: [] }
  const edit = await editSession<SessionEntry | null>(state, asked, (draft, key, existing) => {
    draft.remove(key)
    return { ok: true, value: existing ? sessionEntryOf(existing) : null }
  })
  if (!edit.ok) return edit
  const { key, places } = edit.target
  const archived: string[] = []
  for (const place of isTranscriptMoved && edit.value ? places : []) {
    const transcript = await findTranscript(place, edit.value ?? {})
    if (!transcript) continue
    const moved = await archiveTranscript(transcript.path, 'deleted').catch(() => null)
    if (moved !== null) archived.push(moved)
  }
  return { ok: true, key, deleted: edit.value !== null, archived }
}
