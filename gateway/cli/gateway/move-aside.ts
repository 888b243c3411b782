import { lstat, mkdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Problem, problem } from '../../../shared/problem.ts'

export type MovedAside =
  /** Null where there was nothing to move. */
  { readonly ok: true; readonly folder: string | null } | ({ readonly ok: false } & Problem<'RESET_FAILED'>)

/** Into a folder beside them, by the time of day: nothing is removed. The token in `.env` stays. */
export async function moveAside(stateDir: string, configPath: string, at: Date): Promise<MovedAside> {
  const folder = join(stateDir, `reset-${at.toISOString().replaceAll(/[:.]/g, '-')}`)
  const sources = [configPath, ...['credentials', 'agents', 'sessions'].map((name) => join(stateDir, name))]
  let path = stateDir
  try {
    const there = await Promise.all(sources.map(isThere))
    const found = sources.filter((_, index) => there[index])
    if (found.length === 0) return { ok: true, folder: null }
    await mkdir(folder, { mode: 0o700 })
    for (path of found) await rename(path, join(folder, basename(path)))
    return { ok: true, folder }
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error)
    return { ok: false, ...problem('RESET_FAILED', { path, detail }) }
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}
