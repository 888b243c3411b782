import { createHash } from 'node:crypto'
import {
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { writing } from './writing.ts'

export interface CopiedFile {
  readonly size: number
  readonly sha256: string
  /** Of the source: before the first byte was read, and after the last. */
  readonly before: BigIntStats
  readonly after: BigIntStats
}

/** From here on a clone, where the file system has such a thing, is worth its call. */
const cloneFromBytes = 1024 * 1024
const chunk = Buffer.allocUnsafe(1024 * 1024)
const readFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY
const lineFeed = 10

/**
 * Copies a regular file as it is found and hashes the copy. `wholeLines`: what comes after the last line
 * feed is left out. Null: it is no regular file any more. Throws the system's error of the source, and
 * BACKUP_WRITE_FAILED for the target.
 */
export function copyFile(
  source: string,
  isFollowed: boolean,
  target: string,
  wholeLines: boolean,
): CopiedFile | null {
  // A file that was replaced by a link or a pipe meanwhile must not be followed, nor waited for.
  const from = openSync(source, readFlags | (isFollowed ? 0 : constants.O_NOFOLLOW))
  try {
    const before = fstatSync(from, { bigint: true })
    if (!before.isFile()) return null
    const size = wholeLines ? endOfLastLine(from, Number(before.size)) : Number(before.size)
    const isClone = size === Number(before.size) && size >= cloneFromBytes
    const copied = isClone ? cloneAndHash(sameFile(source, from), target) : copyAndHash(from, size, target)
    return { ...copied, before, after: fstatSync(from, { bigint: true }) }
  } finally {
    closeSync(from)
  }
}

/** A path that leads to the open file even where another was put in its place; macOS has none that can be cloned. */
function sameFile(path: string, file: number): string {
  return process.platform === 'linux' ? `/proc/self/fd/${file}` : path
}

/** The copy shares its blocks with the source on APFS, Btrfs and XFS, and is an ordinary one elsewhere. */
function cloneAndHash(source: string, target: string): { size: number; sha256: string } {
  writing(target, () => copyFileSync(source, target, constants.COPYFILE_FICLONE))
  const copy = openSync(target, 'r')
  try {
    return hashUpTo(copy, Number.MAX_SAFE_INTEGER)
  } finally {
    closeSync(copy)
  }
}

/** At most `limit` bytes: a file that grows while it is read has no end of its own. */
function copyAndHash(from: number, limit: number, target: string): { size: number; sha256: string } {
  const to = writing(target, () => openSync(target, 'w', 0o600))
  try {
    return hashUpTo(from, limit, (bytes) => writing(target, () => writeFully(to, bytes)))
  } finally {
    closeSync(to)
  }
}

/** Reads from the file's beginning. */
export function hashUpTo(
  file: number,
  limit: number,
  each: (bytes: Buffer) => void = () => {},
): { size: number; sha256: string } {
  const hash = createHash('sha256')
  let size = 0
  while (size < limit) {
    const length = readSync(file, chunk, 0, Math.min(chunk.length, limit - size), size)
    if (length === 0) break
    const bytes = chunk.subarray(0, length)
    hash.update(bytes)
    each(bytes)
    size += length
  }
  return { size, sha256: hash.digest('hex') }
}

export function writeFully(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

function endOfLastLine(file: number, size: number): number {
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - chunk.length)
    const length = readSync(file, chunk, 0, end - start, start)
    const at = chunk.subarray(0, length).lastIndexOf(lineFeed)
    if (at !== -1) return start + at + 1
    end = start
  }
  return 0
}
