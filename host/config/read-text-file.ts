import { constants } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import type { Problem } from '../../shared/problem.ts'

export const configLimitBytes = 1024 * 1024

export type TextFile =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: true; readonly text: null }
  | ({ readonly ok: false } & Problem)

/** How a file of the configuration is read; by another way where its text is not (yet) what is on the disk. */
export type ReadFile = (path: string) => Promise<TextFile>

/**
 * The UTF-8 text of a regular file of at most 1 MiB; `text: null` where there is no such file.
 * Never waits: a FIFO or device is opened without blocking and refused by its kind.
 */
export async function readTextFile(path: string): Promise<TextFile> {
  let file: FileHandle
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch (error) {
    return describeOpenError(path, error as NodeJS.ErrnoException)
  }
  try {
    const stats = await file.stat()
    if (!stats.isFile()) return { ok: false, code: 'CONFIG_NOT_A_FILE', params: { path } }
    if (stats.size > configLimitBytes) return tooLarge(path, stats.size)
    const bytes = await readAtMost(file, configLimitBytes + 1)
    if (bytes.length > configLimitBytes) return tooLarge(path, bytes.length)
    return decode(path, bytes)
  } catch (error) {
    return unreadable(path, (error as NodeJS.ErrnoException).code ?? String(error))
  } finally {
    await file.close()
  }
}

async function describeOpenError(path: string, error: NodeJS.ErrnoException): Promise<TextFile> {
  if (error.code === 'ENXIO') return { ok: false, code: 'CONFIG_NOT_A_FILE', params: { path } } // a socket
  if (error.code !== 'ENOENT') return unreadable(path, error.code ?? error.message)
  const isLink = await lstat(path).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  )
  return isLink ? unreadable(path, 'the link points to nothing') : { ok: true, text: null }
}

/** The size in `fstat` is a moment old: a file that grows meanwhile still ends at the limit. */
async function readAtMost(file: FileHandle, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let total = 0
  while (total < limit) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(64 * 1024, limit - total)))
    if (bytesRead === 0) break
    chunks.push(buffer.subarray(0, bytesRead))
    total += bytesRead
  }
  return Buffer.concat(chunks)
}

function decode(path: string, bytes: Buffer): TextFile {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return refused(path, 'it is saved as UTF-16; save it as UTF-8')
  }
  if (bytes.includes(0)) return refused(path, 'it has NUL bytes, so it is not text')
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return refused(path, 'it is not UTF-8 text')
  }
}

function tooLarge(path: string, bytes: number): TextFile {
  return { ok: false, code: 'CONFIG_TOO_LARGE', params: { path, bytes, limitBytes: configLimitBytes } }
}

function unreadable(path: string, detail: string): TextFile {
  return { ok: false, code: 'CONFIG_UNREADABLE', params: { path, detail } }
}

function refused(path: string, detail: string): TextFile {
  return { ok: false, code: 'CONFIG_REFUSED', params: { path, detail } }
}
