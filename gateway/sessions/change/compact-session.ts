import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '../../../host/files/atomic-write.ts'
import { fieldsOf } from '../../../shared/loose-value.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { openStateFile } from '../open-state-file.ts'
import { findSession } from '../read/find-session.ts'
import { readBlock, readLinesBackwards } from '../read-lines.ts'
import type { SessionState } from '../session-state.ts'
import { takeFileLock } from '../store/file-lock.ts'
import { secondName } from '../transcript/archive-transcript.ts'
import { findTranscript } from '../transcript/transcript-place.ts'
import { editSession } from './edit-session.ts'

export type CompactOutcome =
  | {
      readonly ok: true
      readonly key: string
      readonly compacted: boolean
      readonly reason?: 'no sessionId' | 'no transcript'
      /** Lines of the transcript now, its first one, which says what it is, not counted. */
      readonly kept?: number
      /** Where the whole of it is. */
      readonly archived?: string
    }
  | ({ readonly ok: false } & Problem)

/** A run of an agent holds the lock of its transcript all the time; one whose process is gone counts no more. */
const staleMs = 5_000
const copyBytes = 256 * 1024
const headerBytes = 64 * 1024

/** Keeps the last lines of a transcript, and all of it under another name. */
export async function compactSession(
  state: SessionState,
  asked: string,
  maxLines: number,
): Promise<CompactOutcome> {
  const { target, found, problem: trouble } = await findSession(state, asked)
  const { key } = target
  if (!found && trouble) return { ok: false, ...trouble }
  if (!found?.entry.sessionId) return { ok: true, key, compacted: false, reason: 'no sessionId' }
  const transcript = await findTranscript(found.place, found.entry)
  if (!transcript) return { ok: true, key, compacted: false, reason: 'no transcript' }
  const content = { pid: process.pid, createdAt: new Date().toISOString() }
  try {
    const lock = await takeFileLock({ path: transcript.path, content, staleMs })
    if ('code' in lock) return { ok: false, ...lock }
    try {
      const cut = await cutTranscript(transcript.path, transcript.folder, maxLines)
      if ('code' in cut) return { ok: false, ...cut }
      if (cut.archived === null) return { ok: true, key, compacted: false, kept: cut.kept }
      const { archived, kept } = cut
      await forgetTokens(state, asked)
      return { ok: true, key, compacted: true, archived, kept }
    } finally {
      await lock.release()
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return {
      ok: false,
      ...problem('SESSIONS_NOT_WRITTEN', { path: transcript.path, detail: code ?? message }),
    }
  }
}

async function cutTranscript(
  path: string,
  folder: string,
  maxLines: number,
): Promise<{ readonly kept: number; readonly archived: string | null } | Problem> {
  const file = await openStateFile(path, folder)
  if (file.kind === 'absent') return problem('STATE_FILE_UNREADABLE', { path, detail: 'it is gone' })
  if (file.kind === 'refused') return file.problem
  try {
    const { handle, size } = file
    const header = await headerOf(handle)
    const tail = await tailOf(handle, size, maxLines, header?.length ?? 0)
    if (tail.isAll) return { kept: tail.lines, archived: null }
    const archived = await secondName(path, 'bak')
    await replaceWith(path, handle, { header, from: tail.from, to: size })
    return { kept: tail.lines, archived }
  } finally {
    await file.handle.close()
  }
}

/** The line that makes it a transcript: without it, an agent takes the whole of it for damaged. */
async function headerOf(handle: FileHandle): Promise<Buffer | null> {
  const head = await readBlock(handle, 0, headerBytes)
  const end = head.indexOf(10) + 1
  if (end === 0) return null
  try {
    return fieldsOf(JSON.parse(head.toString('utf8', 0, end))).type === 'session'
      ? head.subarray(0, end)
      : null
  } catch {
    return null
  }
}

/** Where the last `maxLines` lines after the header begin. */
async function tailOf(handle: FileHandle, size: number, maxLines: number, headerLength: number) {
  let lines = 0
  let from = size
  let isAll = true
  const take = (line: Buffer, start: number) => {
    if (start < headerLength) return false
    if (line.toString().trim() === '') return true
    if (lines === maxLines) {
      isAll = false
      return false
    }
    lines += 1
    from = start
    return true
  }
  await readLinesBackwards(handle, { size, maxBytes: size, take })
  return { lines, from, isAll }
}

async function replaceWith(
  path: string,
  source: FileHandle,
  { header, from, to }: { readonly header: Buffer | null; readonly from: number; readonly to: number },
): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`)
  const file = await open(temporary, 'wx', 0o600)
  try {
    try {
      if (header) await file.writeFile(header)
      for (let at = from; at < to; at += copyBytes) {
        await file.writeFile(await readBlock(source, at, Math.min(copyBytes, to - at)))
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await unlink(temporary).catch(() => {}) // the first error is the one to report
    throw error
  }
  await syncFolder(dirname(path))
}

/** How full the conversation is has to be counted anew. */
async function forgetTokens(state: SessionState, asked: string): Promise<void> {
  await editSession(state, asked, (draft, key, existing) => {
    if (existing) {
      const { inputTokens: _in, outputTokens: _out, totalTokens: _total, ...rest } = existing
      draft.put(key, { ...rest, updatedAt: Date.now() })
    }
    return { ok: true, value: null }
  })
}
