import { lstat, mkdir, readFile, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder, writeFileAtomically } from '../../files/atomic-write.ts'
import { type KeptNote, keptConfigName, keptNoteName } from './swap-journal.ts'

/** A link that points to nothing is there too. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Below what is a file there is nothing either.
    if (code === 'ENOENT' || code === 'ENOTDIR') return false
    throw error
  }
}

/**
 * Moves what is still in `from`, and nothing that was moved before: so it may be called again after a kill.
 * A name that is taken in `to` although the one in `from` is there belongs to somebody who has written
 * meanwhile; that one is kept in `meanwhile`.
 */
export async function moveEach(
  names: readonly string[],
  from: string,
  to: string,
  meanwhile: string,
): Promise<void> {
  for (const name of names) {
    if (!(await isThere(join(from, name)))) continue
    if (await isThere(join(to, name))) {
      await mkdir(meanwhile, { recursive: true, mode: 0o700 })
      await rename(join(to, name), await freeIn(meanwhile, name))
    }
    await rename(join(from, name), join(to, name))
  }
  for (const folder of [to, from]) if (await isThere(folder)) await syncFolder(folder)
}

async function freeIn(folder: string, name: string): Promise<string> {
  for (let count = 0; ; count++) {
    const path = join(folder, count === 0 ? name : `${name}.${count}`)
    if (!(await isThere(path))) return path
  }
}

/** Replaces the configuration outside of the state folder by a copy: it may lie on another disk, or be a link. */
export async function putConfig(source: string, path: string): Promise<void> {
  const real = await realpath(path).catch(() => path)
  await mkdir(dirname(real), { recursive: true, mode: 0o700 })
  await writeFileAtomically(real, await readFile(source))
}

/** Keeps the configuration that lies outside of the state folder. */
export async function keepConfig(path: string, kept: string): Promise<void> {
  await writeFileAtomically(join(kept, keptConfigName), await readFile(path))
}

/** The configuration outside of the state folder as it was before. */
export async function returnConfig({ external }: Pick<KeptNote, 'external'>, kept: string): Promise<void> {
  if (!external) return
  if (!external.wasThere) return rm(await realpath(external.path).catch(() => external.path), { force: true })
  // Without the copy it was not replaced yet, or is back already.
  const copy = join(kept, keptConfigName)
  if (await isThere(copy)) await putConfig(copy, external.path)
}

/** What we keep beside a former state, whole or as a kill has left it, is none of that state. */
export function isOwnNote(name: string): boolean {
  return name === keptNoteName || name === keptConfigName || /^\.[0-9a-f]{12}\.tmp$/.test(name)
}
