import {
  sessionsCompactParamsSchema,
  sessionsDeleteParamsSchema,
  sessionsListParamsSchema,
  sessionsPatchParamsSchema,
  sessionsPreviewParamsSchema,
  sessionsResetParamsSchema,
  sessionsResolveParamsSchema,
} from '../../../shared/protocol/session-params.ts'
import { compactSession } from '../../sessions/change/compact-session.ts'
import { deleteSession } from '../../sessions/change/delete-session.ts'
import { patchSession } from '../../sessions/change/patch-session.ts'
import { resetSession } from '../../sessions/change/reset-session.ts'
import { listSessions } from '../../sessions/read/list-sessions.ts'
import { previewSessions } from '../../sessions/read/preview-sessions.ts'
import { resolveSession } from '../../sessions/read/resolve-session.ts'
import { defineMethod, found, type Method, type MethodOutcome } from '../method.ts'
import type { MethodServices } from '../method-services.ts'
import { refuse } from './refuse.ts'
import { sessionStateOf } from './session-state.ts'

/** More would fill the buffer of the connection, which is then closed. */
const maxAnswerBytes = 1_000_000
const usualLines = 400

type SessionMethod = 'list' | 'preview' | 'resolve' | 'patch' | 'reset' | 'delete' | 'compact'

export function sessionMethods(services: MethodServices): Record<SessionMethod, Method['answer']> {
  const state = () => sessionStateOf(services)
  const list = defineMethod('operator.read', sessionsListParamsSchema, async (params = {}) => {
    const payload = await listSessions(state(), params, { maxBytes: maxAnswerBytes })
    const [problem] = payload.problems
    // A client that does not know of problems would take a damaged list for an empty one.
    return problem && payload.total === 0 ? refuse(problem) : found(payload)
  })
  const preview = defineMethod('operator.read', sessionsPreviewParamsSchema, async (params) =>
    found(await previewSessions(state(), params, maxAnswerBytes)),
  )
  const resolve = defineMethod('operator.read', sessionsResolveParamsSchema, async (params) => {
    const outcome = await resolveSession(state(), params)
    if (outcome.ok) return found(outcome)
    return outcome.code === 'QUESTION_UNCLEAR' ? unclear() : refuse(outcome)
  })
  const patch = defineMethod('operator.admin', sessionsPatchParamsSchema, async (params) => {
    const edit = await patchSession(state(), params)
    if (!edit.ok) return refuse(edit)
    return found({ ok: true, path: edit.path, key: edit.target.key, entry: edit.value })
  })
  const reset = defineMethod('operator.admin', sessionsResetParamsSchema, async ({ key }) => {
    const edit = await resetSession(state(), key)
    return edit.ok ? found({ ok: true, key: edit.target.key, entry: edit.value }) : refuse(edit)
  })
  const remove = defineMethod('operator.admin', sessionsDeleteParamsSchema, async (params) => {
    const { key, deleteTranscript = true } = params
    const outcome = await deleteSession(state(), key, deleteTranscript)
    return outcome.ok ? found(outcome) : refuse(outcome)
  })
  const compact = defineMethod('operator.admin', sessionsCompactParamsSchema, async (params) => {
    const { key, maxLines = usualLines } = params
    const outcome = await compactSession(state(), key, maxLines)
    return outcome.ok ? found(outcome) : refuse(outcome)
  })
  return {
    list: list.answer,
    preview: preview.answer,
    resolve: resolve.answer,
    patch: patch.answer,
    reset: reset.answer,
    delete: remove.answer,
    compact: compact.answer,
  }
}

function unclear(): MethodOutcome {
  const message = 'Say exactly one of key, sessionId and label'
  return { ok: false, code: 'INVALID_REQUEST', message, details: { reason: 'invalid_params' } }
}
