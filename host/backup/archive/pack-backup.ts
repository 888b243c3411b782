import { once } from 'node:events'
import { closeSync, openSync, readSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { encrypterFor } from '../keys/age-keys.ts'
import type { Lock } from './archive-contract.ts'

export interface PackedEntry {
  /** With `/` at the end for a folder. */
  readonly name: string
  readonly mtimeMs: number
  readonly isExecutable: boolean
  /** A file's bytes, or where they lie; null for a folder. */
  readonly content: { readonly bytes: Uint8Array } | { readonly at: string; readonly size: number } | null
}

/** Half the time of level 6, and a tenth more bytes. */
const gzipLevel = 1
const blockBytes = 256 * 1024
const chunkBytes = 1024 * 1024
const maxTarTimeMs = (2 ** 31 - 1) * 1000

/** The bytes of a backup: these entries as tar, in gzip, in age. `packed` is told the bytes of files so far. */
export async function packBackup(
  entries: Iterable<PackedEntry>,
  lock: Lock,
  packed: (bytes: number) => void,
): Promise<AsyncIterable<Uint8Array>> {
  const gzip = createGzip({ level: gzipLevel, chunkSize: blockBytes })
  // Errors of the source reach the reader through the streams behind it.
  Readable.from(inBlocks(tarBytes(entries, packed)), { highWaterMark: 2 })
    .on('error', (error) => gzip.destroy(error))
    .pipe(gzip)
  const encrypter = await encrypterFor(lock)
  // The library's types are those of a browser; Node's streams are the same at run time.
  const plain = Readable.toWeb(gzip) as unknown as Parameters<typeof encrypter.encrypt>[0]
  const sealed = await (encrypter.encrypt as (from: typeof plain) => Promise<unknown>)(plain)
  return inBlocks(sealed as ReadableStream<Uint8Array>)
}

async function* tarBytes(
  entries: Iterable<PackedEntry>,
  packed: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const tar = pack()
  const adding = addAll().catch((error) => tar.destroy(error))
  yield* tar as AsyncIterable<Uint8Array>
  await adding

  async function addAll(): Promise<void> {
    let done = 0
    for (const { name, mtimeMs, isExecutable, content } of entries) {
      const isFolder = content === null
      const header = {
        name,
        type: isFolder ? ('directory' as const) : ('file' as const),
        mode: isFolder || isExecutable ? 0o700 : 0o600,
        uid: 0,
        gid: 0,
        // A header has no place for what lies before 1970 or, as this library writes it, after 2038; the
        // manifest knows it.
        mtime: new Date(Math.min(Math.max(0, mtimeMs), maxTarTimeMs)),
        size: content === null ? 0 : 'bytes' in content ? content.bytes.length : content.size,
      }
      const added = Promise.withResolvers<void>()
      const sink = tar.entry(header, (error) => (error ? added.reject(error) : added.resolve()))
      added.promise.catch(() => {}) // awaited below
      if (content !== null) {
        for (const chunk of 'bytes' in content ? [content.bytes] : chunksOf(content.at, content.size)) {
          if (!sink.write(chunk)) await once(sink, 'drain')
          done += chunk.length
          packed(done)
        }
        sink.end(null)
      }
      await added.promise
    }
    tar.finalize()
  }
}

function* chunksOf(path: string, size: number): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    for (let at = 0; at < size; ) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, size - at))
      const length = readSync(file, chunk, 0, chunk.length, at)
      if (length === 0) throw new Error('a copy has become shorter')
      at += length
      yield chunk.subarray(0, length)
    }
  } finally {
    closeSync(file)
  }
}

/** Many small pieces cost more to hand on than to compress. */
async function* inBlocks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = []
  let length = 0
  for await (const part of source) {
    parts.push(part)
    length += part.length
    if (length < blockBytes) continue
    yield parts.length === 1 ? part : Buffer.concat(parts)
    parts = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(parts)
}
