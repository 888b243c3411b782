import { constants, crc32, createInflateRaw } from 'node:zlib'
import { damaged } from './fault.ts'

const maxHeaderBytes = 64 * 1024
const trailerBytes = 8
const chunkSize = 256 * 1024

/**
 * Unpacks exactly one gzip member. Node's own reader goes on with a second one and overlooks what comes
 * after; both may carry what the checks of the first never saw, so that they are faults here. Throws those.
 */
export async function* unpackSingleGzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const input = source[Symbol.asyncIterator]()
  const inflate = createInflateRaw({ chunkSize, finishFlush: constants.Z_SYNC_FLUSH })
  const body = { fed: 0, tail: Buffer.alloc(0), isEnded: false }
  let crc = 0
  let size = 0
  try {
    const first = await afterHeader(input)
    const feeding = feed(first).catch((error) => inflate.destroy(error as Error))
    try {
      for await (const bytes of inflate as AsyncIterable<Buffer>) {
        crc = crc32(bytes, crc)
        size += bytes.length
        yield bytes
      }
    } catch (error) {
      throw error instanceof Error && 'errno' in error ? damaged('its compression is broken') : error
    }
    body.isEnded = true
    await feeding
    const rest = body.fed - inflate.bytesWritten
    if (rest < trailerBytes) throw damaged('it is cut short')
    if (rest > trailerBytes) throw damaged('something follows after its end')
    if (body.tail.readUInt32LE(0) !== crc || body.tail.readUInt32LE(4) !== size % 2 ** 32) {
      throw damaged('its checksum is wrong')
    }
  } finally {
    body.isEnded = true
    inflate.destroy()
    await input.return?.()
  }

  async function feed(first: Buffer): Promise<void> {
    for (let bytes: Uint8Array | null = first; bytes; bytes = await next(input)) {
      body.fed += bytes.length
      body.tail = Buffer.from(Buffer.concat([body.tail, bytes]).subarray(-trailerBytes))
      // Nothing more may come; what does is only counted.
      if (body.isEnded || inflate.readableEnded || inflate.destroyed) continue
      if (!inflate.write(bytes)) await drained()
    }
    if (!inflate.destroyed) inflate.end()
  }

  function drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        for (const name of ['drain', 'end', 'close']) inflate.off(name, done)
        resolve()
      }
      for (const name of ['drain', 'end', 'close']) inflate.on(name, done)
    })
  }
}

async function next(input: AsyncIterator<Uint8Array>): Promise<Uint8Array | null> {
  const { value, done } = await input.next()
  return done ? null : value
}

/** Reads as far as the header goes; resolves to what has come behind it. */
async function afterHeader(input: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head = Buffer.alloc(0)
  for (;;) {
    const bytes = await next(input)
    if (!bytes) throw damaged('it is cut short')
    head = Buffer.concat([head, bytes])
    const length = headerLength(head)
    if (length !== null) return head.subarray(length)
    if (head.length > maxHeaderBytes) throw damaged('its head does not end')
  }
}

/** RFC 1952, section 2.3. Null: more bytes are needed. */
function headerLength(head: Buffer): number | null {
  if (head.length < 10) return null
  if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) throw damaged('it is not packed with gzip')
  const flags = head[3] ?? 0
  if ((flags & 0xe0) !== 0) throw damaged('it is packed in an unknown way')
  let at = 10
  if (flags & 4) {
    if (head.length < at + 2) return null
    at += 2 + head.readUInt16LE(at)
  }
  // A file's name, a comment: each ends with a zero byte.
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue
    const end = head.indexOf(0, at)
    if (end === -1) return null
    at = end + 1
  }
  if (flags & 2) at += 2
  return head.length < at ? null : at
}
