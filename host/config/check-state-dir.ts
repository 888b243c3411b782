import { stat } from 'node:fs/promises'
import type { Problem } from '../../shared/problem.ts'

export type StateDirOutcome =
  | { readonly ok: true; readonly exists: boolean }
  | ({ readonly ok: false } & Problem)

/** Whether the state folder is there; anything else under its name is a problem. Writes nothing. */
export async function checkStateDir(path: string): Promise<StateDirOutcome> {
  try {
    const stats = await stat(path)
    if (stats.isDirectory()) return { ok: true, exists: true }
    return { ok: false, code: 'STATE_DIR_NOT_A_FOLDER', params: { path } }
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return { ok: true, exists: false }
    if (code === 'ENOTDIR') return { ok: false, code: 'STATE_DIR_NOT_A_FOLDER', params: { path } }
    return { ok: false, code: 'STATE_DIR_NOT_WRITABLE', params: { path, detail: code } }
  }
}
