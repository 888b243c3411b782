import { randomUUID } from 'node:crypto'
import { fieldsOf, type LooseFields } from '../../../shared/loose-value.ts'
import type { SessionState } from '../session-state.ts'
import { editSession, type SessionEdit } from './edit-session.ts'

/**
 * Of one conversation, and wrong for the next one; so is a right that was raised for it. Everything else of an
 * entry is the person's choice, or says where the session comes from.
 */
const ofConversation = new Set([
  'sessionFile',
  'elevatedLevel',
  'modelProvider',
  'compactionCount',
  'memoryFlushAt',
  'memoryFlushCompactionCount',
  'cliSessionIds',
  'claudeCliSessionId',
  'systemPromptReport',
])

/**
 * The same session begins a new conversation. The transcript of the former one stays where it is, under the id
 * that it had: the new one has another.
 */
export async function resetSession(state: SessionState, asked: string): Promise<SessionEdit<LooseFields>> {
  return editSession<LooseFields>(state, asked, (draft, key, existing) => {
    const kept = Object.entries(fieldsOf(existing)).filter(([field]) => !ofConversation.has(field))
    const next: LooseFields = {
      ...Object.fromEntries(kept),
      sessionId: randomUUID(),
      updatedAt: Date.now(),
      systemSent: false,
      abortedLastRun: false,
      inputTokens: 0,
      outputTokens: 0,
      totalTokens: 0,
    }
    draft.put(key, next)
    return { ok: true, value: next }
  })
}
