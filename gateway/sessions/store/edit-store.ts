import { randomBytes } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setImmediate as othersTurn } from 'node:timers/promises'
import { writeFileAtomically } from '../../../host/files/atomic-write.ts'
import { fieldsOf, type LooseFields } from '../../../shared/loose-value.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { openStateFile } from '../open-state-file.ts'
import { takeFileLock } from './file-lock.ts'
import { identityOf, keepChanged, scanFile } from './read-store.ts'
import { type SessionEntry, sessionEntryOf } from './session-entry.ts'
import { makeSessionsFolder } from './sessions-folder.ts'
import type { StorePlace } from './store-places.ts'

/** The entries of a store while nobody else changes it, as they are written there. */
export interface StoreDraft {
  get(key: string): LooseFields | undefined
  put(key: string, entry: LooseFields): void
  remove(key: string): void
  /** The same entry under another key, where that one is free. */
  rename(from: string, to: string): void
  /** Whether another entry has this label. */
  isLabelOfOther(label: string, key: string): boolean
}

export type EditOutcome<T> =
  | { readonly ok: true; readonly value: T; readonly path: string }
  | ({ readonly ok: false } & Problem)

interface WrittenEntry {
  readonly raw: Buffer
  readonly label: string | undefined
}

interface StoreAsFound {
  readonly entries: Map<string, WrittenEntry>
  /** Of the file; null where there is none. */
  readonly identity: string | null
}

const pieceBytes = 4 * 1024 * 1024
/** As long as the released Moltbot: it takes an older lock away, whoever holds it. */
const staleMs = 30_000

/**
 * Changes one store under the lock that Moltbot's own programs take. Every entry that is not changed keeps its
 * bytes; the file is replaced whole or not at all. Nothing is written where `change` gives a problem, where the
 * file is damaged, or where the lock was lost meanwhile.
 */
export async function editStore<T>(
  place: StorePlace,
  change: (
    draft: StoreDraft,
  ) => { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Problem),
): Promise<EditOutcome<T>> {
  try {
    const folder = await makeSessionsFolder(place)
    if (folder === null) return notWritten(place.path, `it leads out of ${place.root}`)
    const path = join(folder, basename(place.path))
    const content = { pid: process.pid, startedAt: Date.now() }
    const lock = await takeFileLock({ path, content, staleMs })
    if ('code' in lock) return { ok: false, ...lock }
    try {
      const found = await readWritten(path, folder)
      if ('code' in found) return { ok: false, ...found }
      const draft = draftOf(found.entries)
      const changed = change(draft)
      if (!changed.ok || draft.changes.size === 0)
        return changed.ok ? { ...changed, path: place.path } : changed
      const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`)
      let written: string | null = null
      const lastLook = async () => {
        const isAsFound = (await currentIdentity(path, folder)) === found.identity
        if (!isAsFound || !(await lock.isOurs())) throw new Error('another program changed it meanwhile')
        written = await currentIdentity(temporary, folder)
      }
      await writeFileAtomically(path, await bytesOf(found.entries), 0o600, lastLook, temporary)
      const after = await currentIdentity(path, folder)
      // Not where a program that takes no lock has written in this moment.
      if (after && isSameBytes(after, written))
        await keepChanged(place.path, found.identity, after, draft.changes)
      return { ...changed, path: place.path }
    } finally {
      await lock.release()
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return notWritten(place.path, code ?? message)
  }
}

function notWritten(path: string, detail: string): { readonly ok: false } & Problem {
  return { ok: false, ...problem('SESSIONS_NOT_WRITTEN', { path, detail }) }
}

async function readWritten(path: string, folder: string): Promise<StoreAsFound | Problem> {
  const entries = new Map<string, WrittenEntry>()
  const isLink = await lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  )
  // A rename would put a file in the place of the link, and leave what it led to as it was.
  if (isLink) return problem('SESSIONS_NOT_WRITTEN', { path, detail: 'it is a link' })
  const file = await openStateFile(path, folder)
  if (file.kind === 'absent') return { entries, identity: null }
  if (file.kind === 'refused') return file.problem
  try {
    const fault = await scanFile(file.handle, ({ key, raw, value }) => {
      const { label } = fieldsOf(value)
      entries.set(key, { raw, label: typeof label === 'string' ? label : undefined })
    })
    if (fault) return problem('SESSIONS_BROKEN', { path, ...fault })
    return { entries, identity: await identityOf(file.handle) }
  } finally {
    await file.handle.close()
  }
}

async function currentIdentity(path: string, folder: string): Promise<string | null> {
  const file = await openStateFile(path, folder)
  if (file.kind !== 'open') return null
  try {
    return await identityOf(file.handle)
  } finally {
    await file.handle.close()
  }
}

/** Whether two names are of one file that nobody wrote to between; the last part, the time of the rename, differs. */
function isSameBytes(identity: string, other: string | null): boolean {
  return identity.split(' ').slice(0, -1).join() === other?.split(' ').slice(0, -1).join()
}

interface ChangedDraft extends StoreDraft {
  /** By key; null is for one that was taken out. */
  readonly changes: ReadonlyMap<string, SessionEntry | null>
}

function draftOf(entries: Map<string, WrittenEntry>): ChangedDraft {
  const changes = new Map<string, SessionEntry | null>()
  const get = (key: string) => {
    const written = entries.get(key)
    return written && fieldsOf(Object.values(JSON.parse(`{${written.raw}}`))[0])
  }
  const put = (key: string, entry: LooseFields) => {
    const { label } = entry
    entries.set(key, { raw: written(key, entry), label: typeof label === 'string' ? label : undefined })
    changes.set(key, sessionEntryOf(entry))
  }
  const remove = (key: string) => {
    if (entries.delete(key)) changes.set(key, null)
  }
  return {
    changes,
    get,
    put,
    remove,
    rename(from, to) {
      const entry = get(from)
      if (from === to || !entry || entries.has(to)) return
      put(to, entry)
      remove(from)
    },
    isLabelOfOther: (label, key) =>
      [...entries].some(([other, entry]) => other !== key && entry.label === label),
  }
}

/** As Moltbot writes it: two spaces, one level in. */
function written(key: string, entry: LooseFields): Buffer {
  const text = JSON.stringify(entry, null, 2).replaceAll('\n', '\n  ')
  return Buffer.from(`${JSON.stringify(key)}: ${text}`)
}

/** In pieces: between two of them, others get their turn. */
async function bytesOf(entries: ReadonlyMap<string, WrittenEntry>): Promise<Buffer> {
  if (entries.size === 0) return Buffer.from('{}')
  const separator = ',\n  '
  let length = '{\n  \n}'.length - separator.length
  for (const { raw } of entries.values()) length += raw.length + separator.length
  const bytes = Buffer.allocUnsafeSlow(length)
  let at = bytes.write('{\n  ')
  let turnAt = pieceBytes
  for (const { raw } of entries.values()) {
    at += raw.copy(bytes, at)
    at += at + 2 < length ? bytes.write(separator, at) : bytes.write('\n}', at)
    if (at < turnAt) continue
    turnAt = at + pieceBytes
    await othersTurn()
  }
  return bytes
}
