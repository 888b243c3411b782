import type { LooseFields } from '../../../shared/loose-value.ts'
import type { Problem } from '../../../shared/problem.ts'
import { findSession, type SessionTarget } from '../read/find-session.ts'
import type { SessionState } from '../session-state.ts'
import { type EditOutcome, editStore, type StoreDraft } from '../store/edit-store.ts'

type Change<T> = (
  draft: StoreDraft,
  /** How the key is written from now on. */
  key: string,
  entry: LooseFields | undefined,
) => { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Problem)

export type SessionEdit<T> =
  | (Extract<EditOutcome<T>, { ok: true }> & { readonly target: SessionTarget })
  | ({ readonly ok: false } & Problem)

/**
 * Changes one session in the file that lists it, or in that of its agent where none does. A key in the form of
 * older releases is written in today's form.
 */
export async function editSession<T>(
  state: SessionState,
  asked: string,
  change: Change<T>,
): Promise<SessionEdit<T>> {
  const { target, found, problem } = await findSession(state, asked)
  // It may stand in the part that cannot be read, and must not come into being a second time.
  if (!found && problem) return { ok: false, ...problem }
  const outcome = await editStore(found?.place ?? target.places[0], (draft) => {
    const written = target.writtenAs.find((key) => draft.get(key) !== undefined)
    if (written !== undefined) draft.rename(written, target.key)
    return change(draft, target.key, draft.get(target.key))
  })
  return outcome.ok ? { ...outcome, target } : outcome
}
