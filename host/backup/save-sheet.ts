import { open, unlink } from 'node:fs/promises'
import { homedir, hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { type Problem, problem } from '../../shared/problem.ts'
import { syncFolder } from '../files/atomic-write.ts'
import type { KeyStore } from './backup-key.ts'
import { recipientOf } from './keys/age-keys.ts'
import { sheetText } from './keys/recovery-sheet.ts'

interface SheetOrder {
  /** Null: a new file in the home folder. */
  readonly to: string | null
  readonly now: number
  readonly store: KeyStore
}

type SheetOutcome = { readonly ok: true; readonly path: string } | ({ readonly ok: false } & Problem)

/** Writes the recovery sheet (0600), never over a file that is there: it may be the sheet of another key. */
export async function saveSheet({ to, now, store }: SheetOrder): Promise<SheetOutcome> {
  const kept = await store.readPrivate('backup-identity')
  if (!kept.ok) return kept
  if (kept.value === null) return { ok: false, ...problem('SHEET_NO_KEY', { detail: 'key' }) }
  const recipient = await recipientOf(kept.value)
  const text = sheetText({ identity: kept.value, recipient, machine: hostname(), createdAt: now })
  const path = to ?? join(homedir(), `moltbot-recovery-sheet-${recipient.slice(4, 10)}-${dayOf(now)}.txt`)
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } catch (error) {
      await unlink(path).catch(() => {})
      throw error
    } finally {
      await file.close()
    }
    await syncFolder(dirname(path))
    return { ok: true, path }
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return { ok: false, ...problem('SHEET_EXISTS', { path }) }
    return { ok: false, ...problem('SHEET_NOT_WRITTEN', { path, detail: code }) }
  }
}

function dayOf(now: number): string {
  const date = new Date(now)
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('')
}
