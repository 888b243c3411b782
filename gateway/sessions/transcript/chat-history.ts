import type { LooseFields } from '../../../shared/loose-value.ts'
import { fieldsOf, textOf } from '../../../shared/loose-value.ts'
import type { Problem } from '../../../shared/problem.ts'
import { openStateFile } from '../open-state-file.ts'
import { findSession } from '../read/find-session.ts'
import { readLinesBackwards } from '../read-lines.ts'
import type { SessionState } from '../session-state.ts'
import { messageOfLine, shownMessage } from './transcript-message.ts'
import { findTranscript } from './transcript-place.ts'

export interface HistoryPayload {
  readonly sessionKey: string
  readonly sessionId?: string
  /** Oldest first. */
  readonly messages: readonly LooseFields[]
  readonly thinkingLevel: string
}

export type HistoryOutcome =
  | { readonly ok: true; readonly payload: HistoryPayload }
  | ({ readonly ok: false } & Problem)

export interface HistoryLimits {
  readonly messages: number
  /** Of the messages together, as JSON. */
  readonly maxBytes: number
}

/** How far back is looked; lines that are no messages, and what is left out, count too. */
const maxReadBytes = 32 * 1024 * 1024
/** Parsing a longer line would hold up everybody else. */
const maxLineBytes = 2 * 1024 * 1024

/** The last messages of a session, as many as the limits allow. A session without a transcript has none. */
export async function readHistory(
  state: SessionState,
  sessionKey: string,
  limits: HistoryLimits,
): Promise<HistoryOutcome> {
  const { found, problem } = await findSession(state, sessionKey)
  if (!found && problem) return { ok: false, ...problem }
  const usual = textOf(fieldsOf(fieldsOf(state.config.agents).defaults).thinkingDefault) ?? 'off'
  const thinkingLevel = found?.entry.thinkingLevel ?? usual
  if (!found) return { ok: true, payload: { sessionKey, messages: [], thinkingLevel } }
  const { sessionId } = found.entry
  const head = { sessionKey, ...(sessionId === undefined ? {} : { sessionId }), thinkingLevel }
  const transcript = await findTranscript(found.place, found.entry)
  if (!transcript) return { ok: true, payload: { ...head, messages: [] } }
  const file = await openStateFile(transcript.path, transcript.folder)
  if (file.kind === 'refused') return { ok: false, ...file.problem }
  if (file.kind === 'absent') return { ok: true, payload: { ...head, messages: [] } }
  try {
    const messages: LooseFields[] = []
    let bytes = 0
    const take = (line: Buffer) => {
      const message = line.length > maxLineBytes ? leftOut(line.length) : messageOfLine(line)
      if (!message) return true
      const shown = fitting(shownMessage(message), limits.maxBytes)
      bytes += Buffer.byteLength(JSON.stringify(shown)) + 1
      if (bytes > limits.maxBytes) return false
      messages.push(shown)
      return messages.length < limits.messages
    }
    await readLinesBackwards(file.handle, { size: file.size, maxBytes: maxReadBytes, take })
    return { ok: true, payload: { ...head, messages: messages.reverse() } }
  } finally {
    await file.handle.close()
  }
}

/** One message may be as long as all together; a longer one, as with a picture in it, is only mentioned. */
function fitting(message: LooseFields, maxBytes: number): LooseFields {
  const bytes = Buffer.byteLength(JSON.stringify(message))
  if (bytes <= maxBytes / 2) return message
  const { role, timestamp } = message
  return {
    ...leftOut(bytes),
    ...(typeof role === 'string' ? { role } : {}),
    ...(timestamp ? { timestamp } : {}),
  }
}

function leftOut(bytes: number): LooseFields {
  const text = `[A message of ${bytes} bytes is not shown; the transcript has it.]`
  return { role: 'system', content: [{ type: 'text', text }] }
}
