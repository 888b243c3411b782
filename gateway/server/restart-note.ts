import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { readTextFile } from '../../host/config/read-text-file.ts'
import type { Logger } from '../log/logger.ts'

/** Where a change leaves word, for whoever starts next on this state, of who asked for the restart and why. */
export function restartNotePath(stateDir: string): string {
  return join(stateDir, 'restart-sentinel.json')
}

/** Characters of a text that anybody may have written; the file may have a million of them. */
const shownAtMost = 1_000

const noteSchema = z.object({
  version: z.literal(1),
  payload: z.object({
    kind: z.string(),
    status: z.string(),
    ts: z.number(),
    sessionKey: z.optional(z.nullable(z.string())),
    message: z.optional(z.nullable(z.string())),
    stats: z.optional(z.nullable(z.object({ mode: z.optional(z.nullable(z.string())) }))),
  }),
})

/**
 * Tells the log what the note says, and removes it: it is meant for one start, and a Moltbot that is started later
 * would tell its owner of it as of something new. One that says nothing is removed without a word, as Moltbot does;
 * what is no plain file of some size stays.
 */
export async function takeRestartNote(stateDir: string, logger: Pick<Logger, 'info'>): Promise<void> {
  const path = restartNotePath(stateDir)
  const found = await readTextFile(path)
  if (!found.ok || found.text === null) return
  await unlink(path).catch(() => {}) // a folder that nobody may write to: the next start tells it again
  const note = noteSchema.safeParse(parsed(found.text))
  if (!note.success) return
  const { kind, status, ts, sessionKey, message, stats } = note.data.payload
  logger.info('The restart was asked for', {
    by: stats?.mode ?? kind,
    status,
    at: new Date(ts).toString(),
    ...(sessionKey && { sessionKey: sessionKey.slice(0, shownAtMost) }),
    ...(message && { note: message.slice(0, shownAtMost) }),
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
