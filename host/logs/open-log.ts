import { type BigIntStats, constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/** A log file open for reading, as it was when it was opened. The opener closes `handle`. */
export interface LogFile {
  readonly handle: FileHandle
  readonly path: string
  readonly inode: number
  readonly size: number
}

export type OpenedLog =
  | { readonly kind: 'open'; readonly file: LogFile }
  | { readonly kind: 'absent' }
  /** A file that is not safe to show or cannot be opened; `detail` says why in a few words or a code. */
  | { readonly kind: 'trouble'; readonly detail: string }

/**
 * Opens a regular file of this user, never through a link and without waiting for the writer of a FIFO:
 * in a folder others may write to, a name could stand for any file this user can read.
 */
export async function openLog(path: string): Promise<OpenedLog> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_NOCTTY } = constants
  let handle: FileHandle
  try {
    handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return { kind: 'absent' }
    if (code === 'ENXIO') return { kind: 'trouble', detail: 'it is not a regular file' } // a socket
    return { kind: 'trouble', detail: code === 'ELOOP' ? 'it is a link' : (code ?? String(error)) }
  }
  const stats = await handle.stat({ bigint: true }).catch((error: NodeJS.ErrnoException) => error)
  const detail = stats instanceof Error ? (stats.code ?? stats.message) : findFlaw(stats)
  if (stats instanceof Error || detail !== null) {
    await handle.close()
    return { kind: 'trouble', detail: String(detail) }
  }
  return { kind: 'open', file: { handle, path, inode: inodeOf(stats), size: Number(stats.size) } }
}

/** Why a file cannot be a log of ours; the gateway writes to none of these either. */
export function findFlaw(stats: BigIntStats): string | null {
  if (!stats.isFile()) return 'it is not a regular file'
  if (stats.uid !== BigInt(process.getuid?.() ?? -1)) return `user ${stats.uid} owns it`
  if (stats.nlink > 1n) return 'it has another name'
  return null
}

/** Some file systems number beyond what a JSON number holds; the low bits tell neighbours apart. */
export function inodeOf(stats: BigIntStats): number {
  return Number(stats.ino % 2n ** 53n)
}

/** At most `length` bytes from `position`; fewer at the end of the file. */
export async function readBlock(file: LogFile, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.handle.read(Buffer.allocUnsafe(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
