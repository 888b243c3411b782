import { constants } from 'node:fs'
import { type FileHandle, lstat, open, realpath, stat } from 'node:fs/promises'
import { type Problem, problem } from '../../shared/problem.ts'
import { isWithin } from './store/store-places.ts'

export type StateFile =
  | { readonly kind: 'open'; readonly handle: FileHandle; readonly path: string; readonly size: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly problem: Problem<'STATE_FILE_UNREADABLE'> }

/**
 * Opens a regular file inside `root` for reading; never waits, as a FIFO would make it. What leads out of `root`
 * by a link or by its name is refused, and so is a file of another user: only the owner of the state folder, we
 * and root have a say in it. The caller closes the handle.
 */
export async function openStateFile(path: string, root: string): Promise<StateFile> {
  let handle: FileHandle | null = null
  try {
    const place = await realPlace(path, root)
    if (place.kind !== 'real') return place
    const { O_RDONLY, O_NONBLOCK, O_NOCTTY, O_NOFOLLOW } = constants
    handle = await open(place.path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW)
    const found = await handle.stat()
    const detail = found.isFile() ? await findStranger(found.uid, root) : 'it is not a regular file'
    if (detail === null) return { kind: 'open', handle, path: place.path, size: found.size }
    await handle.close()
    return refused(path, detail)
  } catch (error) {
    await handle?.close()
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    // Opening a socket says ENXIO.
    return code === 'ENOENT'
      ? { kind: 'absent' }
      : refused(path, code === 'ENXIO' ? 'it is not a regular file' : code)
  }
}

type RealPlace =
  | { readonly kind: 'real'; readonly path: string }
  | Exclude<StateFile, { readonly kind: 'open' }>

/** Where `path` leads once every link is followed, provided that this is inside `root`. */
export async function realPlace(path: string, root: string): Promise<RealPlace> {
  try {
    const [real, realRoot] = await Promise.all([realpath(path), realpath(root)])
    return isWithin(realRoot, real) ? { kind: 'real', path: real } : refused(path, `it leads out of ${root}`)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    if (code !== 'ENOENT') return refused(path, code)
    const isLink = await lstat(path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    )
    return isLink ? refused(path, 'the link points to nothing') : { kind: 'absent' }
  }
}

async function findStranger(uid: number, root: string): Promise<string | null> {
  const own = process.getuid?.()
  if (own === undefined || uid === own || uid === 0 || uid === (await stat(root)).uid) return null
  return `it belongs to another user (id ${uid})`
}

function refused(path: string, detail: string): Extract<StateFile, { kind: 'refused' }> {
  return { kind: 'refused', problem: problem('STATE_FILE_UNREADABLE', { path, detail }) }
}
