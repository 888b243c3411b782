import { constants, type Stats } from 'node:fs'
import { lstat, open } from 'node:fs/promises'
import { type Problem, problem } from '../../shared/problem.ts'

/** `0644`, as `ls` and `chmod` have it. */
export function modeText(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0')
}

export const othersMayDoAnything = 0o077
export const othersMayWrite = 0o022

/** Null where there is nothing; other errors are the caller's. */
export async function lstatOrNull(path: string): Promise<Stats | null> {
  try {
    return await lstat(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

/**
 * Takes the others' rights from a file or folder of this user; nothing else of it changes. It is opened
 * without following a link and changed by that handle, so that nothing else can take its place meanwhile; a
 * file with a second name somewhere else is left alone.
 */
export async function makePrivate(path: string, uid: number): Promise<Problem | null> {
  const fail = (detail: string) => problem('MEND_FAILED', { path, detail })
  const { O_NOFOLLOW, O_NONBLOCK, O_NOCTTY, O_RDONLY } = constants
  try {
    await using handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
    const stats = await handle.stat()
    if (stats.uid !== uid) return fail(`it belongs to user ${stats.uid}`)
    if (!stats.isDirectory() && !stats.isFile()) return fail('it is neither file nor folder')
    if (stats.isFile() && stats.nlink !== 1) return fail('it has another name elsewhere')
    await handle.chmod(stats.mode & 0o7700)
    return null
  } catch (error) {
    return fail((error as NodeJS.ErrnoException).code ?? String(error))
  }
}
