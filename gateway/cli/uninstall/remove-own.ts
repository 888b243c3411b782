import type { Stats } from 'node:fs'
import { lstat, readdir, rm, rmdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Removes a file or a whole folder of this user. What is a link, or somebody else's, stays; links inside a folder
 * go by themselves, and what they lead to is not touched. Resolves to why it could not, or null.
 */
export async function removeOwn(path: string, uid: number): Promise<string | null> {
  try {
    const stats = await lstat(path).catch(absent)
    if (!stats) return null
    const flaw = whyNotOurs(stats, uid)
    if (flaw) return flaw
    if (stats.isDirectory()) await rm(path, { recursive: true })
    else await unlink(path)
    return null
  } catch (error) {
    return detailOf(error)
  }
}

/** A folder that holds nothing any more; any other one stays. */
export async function removeEmpty(path: string, uid: number): Promise<void> {
  const stats = await lstat(path).catch(() => null)
  if (!stats?.isDirectory() || stats.uid !== uid) return
  await rmdir(path).catch(() => {})
}

export function whyNotOurs(stats: Pick<Stats, 'uid' | 'isSymbolicLink'>, uid: number): string | null {
  if (stats.isSymbolicLink()) return 'it is a link'
  return stats.uid === uid ? null : `user ${stats.uid} owns it`
}

/** The paths of this user's files in a folder that are meant; no links, and none where the folder is one or another's. */
export async function ownFiles(
  folder: string,
  uid: number,
  isMeant: (name: string) => boolean,
): Promise<OwnFile[]> {
  const stats = await lstat(folder).catch(() => null)
  if (!stats?.isDirectory() || stats.uid !== uid) return []
  const names = (await readdir(folder).catch(() => [])).filter(isMeant)
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const found = await lstat(path).catch(() => null)
      return found?.isFile() && found.uid === uid ? [{ path, bytes: found.size }] : []
    }),
  )
  return files.flat()
}

export interface OwnFile {
  readonly path: string
  readonly bytes: number
}

/** Resolves to why one of them could not be removed, or null. */
export async function removeFiles(files: readonly OwnFile[], uid: number): Promise<string | null> {
  const details = await Promise.all(
    files.map(async ({ path }) => {
      const detail = await removeOwn(path, uid)
      return detail && `${path}: ${detail}`
    }),
  )
  return details.find((detail) => detail !== null) ?? null
}

export function bytesOf(files: readonly OwnFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

export function countOf(files: readonly OwnFile[]): string {
  return files.length === 1 ? 'one file' : `${files.length} files`
}

export function detailOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error)
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}
