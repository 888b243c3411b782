import type { Stats } from 'node:fs'
import { lstat, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder, writeFileAtomically } from '../../files/atomic-write.ts'

export type BackupOutcome =
  | { readonly kept: true; readonly path: string }
  /** What has a backup's name is none of ours, and stays as it is; `detail` says what it is. */
  | { readonly kept: false; readonly path: string; readonly detail: string }

/** The newest first; never more than these. `.bak` itself is the owner's: the manual has a copy made under it. */
function backupNames(path: string): readonly string[] {
  return [1, 2, 3, 4, 5].map((place) => `${path}.bak.${place}`)
}

/**
 * Keeps `former` as `<path>.bak.1`, and moves what was kept before one place on; the fifth is gone. 0600. Where
 * one of the names is a link, no file or another user's, nothing is moved. `draft`: where it is written before it
 * takes its name. Rejects with the system's error.
 */
export async function rotateBackups(path: string, former: Uint8Array, draft: string): Promise<BackupOutcome> {
  const names = backupNames(path)
  const found = await Promise.all(names.map((name) => lstat(name).catch(ignoreAbsent)))
  for (const [index, stats] of found.entries()) {
    const detail = stats ? strangeness(stats) : null
    if (detail !== null) return { kept: false, path: names[index] ?? path, detail }
  }
  const [newest = path] = names
  await writeFileAtomically(draft, former, 0o600, undefined, `${draft}.tmp`)
  // Up to the first free name, as a kill may have left one: those behind it need no other place.
  const free = found.findIndex((stats) => !stats)
  const places = free < 0 ? names : names.slice(0, free + 1)
  for (const [index, name] of [...places.entries()].reverse()) {
    const next = places[index + 1]
    if (next) await rename(name, next)
  }
  await rename(draft, newest)
  await syncFolder(dirname(path))
  return { kept: true, path: newest }
}

function strangeness(stats: Stats): string | null {
  if (stats.isSymbolicLink()) return 'it is a link'
  if (!stats.isFile()) return 'it is not a file'
  return stats.uid === process.geteuid?.() ? null : `user ${stats.uid} owns it`
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
