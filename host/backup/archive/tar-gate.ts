import { damaged, refused } from './fault.ts'
import { maxEntries } from './manifest.ts'
import { maxPathBytes } from './names.ts'

const blockBytes = 512
/** GNU tar fills up to 10,240 bytes; who writes to a tape takes more. */
const maxPaddingBytes = 1024 * 1024
const maxLongHeaderBytes = 16 * 1024

export interface GatedHeader {
  readonly name: string
  readonly isFolder: boolean
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Ms since 1970, to the second. */
  readonly mtimeMs: number
}

const refusedTypes: Record<string, string> = {
  '1': 'it is a hard link',
  '2': 'it is a link',
  '3': 'it is a device',
  '4': 'it is a device',
  '6': 'it is a pipe',
  '7': 'it is of an unusual kind',
  g: 'it changes what all others mean',
  K: 'it is a link',
  S: 'it has holes',
  X: 'it is of an unusual kind',
}
/** Of what our own writer and GNU tar set; a size or a link's target from there would undo our checks. */
const usualPaxKeys = new Set(['path', 'mtime', 'atime', 'ctime', 'uid', 'gid', 'uname', 'gname'])
const harmlessPaxKey =
  /^(?:SCHILY\.(?:dev|ino|nlink|xattr\..*|acl\..*|fflags)|LIBARCHIVE\.(?:creationtime|xattr\..*))$/

/**
 * Sees every byte of a tar stream before the parser does, and lets through only what has one meaning:
 * plain files and folders, numbers in octal, names told once, zeros where nothing belongs. Readers of tar
 * differ in how they take all else, and what they differ in is how an archive says two things at once.
 */
export class TarGate {
  /** Headers that the parser is to find next, in order. */
  readonly headers: GatedHeader[] = []
  /** Bytes that may come in all. */
  limit: number
  #seen = 0
  #header = Buffer.alloc(0)
  #body = 0
  #padding = 0
  #long: { readonly type: 'x' | 'L'; parts: Buffer[] } | null = null
  #longName: string | null = null
  /** A long header came, and what it is about has not. */
  #isAnnounced = false
  #zeroBlocks = 0
  #entries = 0

  constructor(limit: number) {
    this.limit = limit
  }

  /** Throws what is wrong. */
  push(bytes: Buffer): void {
    this.#seen += bytes.length
    if (this.#seen > this.limit) throw refused('', 'it unpacks to more than it may')
    for (let at = 0; at < bytes.length; ) at += this.#take(bytes.subarray(at))
  }

  /** Throws unless the archive has ended as one does. */
  end(): void {
    if (this.#zeroBlocks < 2 || this.#header.length > 0) throw damaged('it is cut short')
  }

  /** Returns how many bytes it has taken. */
  #take(bytes: Buffer): number {
    if (this.#body > 0) {
      const taken = bytes.subarray(0, this.#body)
      if (this.#long) this.#long.parts.push(Buffer.from(taken))
      this.#body -= taken.length
      if (this.#body === 0 && this.#long) this.#readLong(this.#long)
      return taken.length
    }
    if (this.#padding > 0) {
      const taken = bytes.subarray(0, this.#padding)
      this.#padding -= taken.length
      return taken.length
    }
    const missing = blockBytes - this.#header.length
    const taken = bytes.subarray(0, missing)
    this.#header = Buffer.concat([this.#header, taken])
    if (this.#header.length === blockBytes) {
      const block = this.#header
      this.#header = Buffer.alloc(0)
      this.#readBlock(block)
    }
    return taken.length
  }

  #readBlock(block: Buffer): void {
    if (isZero(block)) {
      if (this.#isAnnounced) throw damaged('a name in it belongs to nothing')
      this.#zeroBlocks += 1
      if (this.#zeroBlocks * blockBytes > maxPaddingBytes) throw damaged('it has no end')
      return
    }
    if (this.#zeroBlocks > 0) throw damaged('something follows after its end')
    checkSum(block)
    const isGnu = checkMagic(block)
    const type = String.fromCharCode(block[156] || 48)
    // A long header's own name says nothing; and beside a long name stands its beginning, cut anywhere.
    const isLong = type === 'x' || type === 'L'
    const name = isLong ? 'a long header' : (this.#longName ?? nameIn(block, isGnu))
    const size = numberIn(block, 124, 12, name)
    if (isLong) return this.#beginLong(type, size, name)
    if (type !== '0' && type !== '5') throw refused(name, refusedTypes[type] ?? 'it is of an unknown kind')
    this.#readEntry(block, name, type === '5', size)
  }

  #readEntry(block: Buffer, name: string, isFolder: boolean, size: number): void {
    this.#longName = null
    this.#isAnnounced = false
    if (isFolder && size !== 0) throw refused(name, 'it is a folder with content')
    if (!isFolder && name.endsWith('/')) throw refused(name, 'it is a file and a folder at once')
    if (!isZero(block.subarray(157, 257))) throw refused(name, 'it is a link')
    this.#entries += 1
    // The table of contents comes on top.
    if (this.#entries > maxEntries + 1) throw refused(name, `there are more than ${maxEntries} entries`)
    this.#body = size
    this.#padding = paddingAfter(size)
    this.headers.push({
      name,
      isFolder,
      size,
      mode: numberIn(block, 100, 8, name),
      uid: numberIn(block, 108, 8, name),
      gid: numberIn(block, 116, 8, name),
      mtimeMs: numberIn(block, 136, 12, name) * 1000,
    })
  }

  #beginLong(type: 'x' | 'L', size: number, name: string): void {
    if (this.#isAnnounced) throw refused(name, 'its name is told twice')
    if (size === 0 || size > maxLongHeaderBytes)
      throw refused(name, 'what it says of the next one is too long')
    this.#isAnnounced = true
    this.#long = { type, parts: [] }
    this.#body = size
    this.#padding = paddingAfter(size)
  }

  #readLong({ type, parts }: { type: 'x' | 'L'; parts: Buffer[] }): void {
    this.#long = null
    const bytes = Buffer.concat(parts)
    const name = type === 'L' ? gnuName(bytes) : paxName(bytes)
    if (name !== null && Buffer.byteLength(name) > maxPathBytes + 1) {
      throw refused(name, `its path is longer than ${maxPathBytes} bytes`)
    }
    this.#longName = name
  }
}

function paddingAfter(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0)
}

function checkSum(block: Buffer): void {
  let sum = 8 * 32
  for (let at = 0; at < blockBytes; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0
  if (!/^ *[0-7]{1,7}[ \0]*$/.test(block.toString('latin1', 148, 156)))
    throw damaged('a header’s checksum is unreadable')
  if (Number.parseInt(block.toString('latin1', 148, 156), 8) !== sum)
    throw damaged('a header’s checksum is wrong')
}

/** Returns whether it is in GNU's own form. */
function checkMagic(block: Buffer): boolean {
  const magic = block.toString('latin1', 257, 265)
  if (magic === 'ustar\x0000') return false
  if (magic === 'ustar  \0') return true
  throw damaged('it is not packed with tar')
}

function nameIn(block: Buffer, isGnu: boolean): string {
  const name = textIn(block.subarray(0, 100))
  const prefix = block.subarray(345, 500)
  if (!isGnu) {
    const folder = textIn(prefix)
    return folder === '' ? name : `${folder}/${name}`
  }
  if (!isZero(prefix)) throw refused(name, 'it is of an unusual kind')
  return name
}

/** Bytes behind the zero that ends a text are read by some, and not by others. */
function textIn(field: Buffer): string {
  const end = field.indexOf(0)
  if (end !== -1 && !isZero(field.subarray(end))) {
    throw refused(field.toString('latin1', 0, end), 'its name goes on behind its end')
  }
  return utf8(end === -1 ? field : field.subarray(0, end))
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw refused(bytes.toString('latin1'), 'its name is not UTF-8 text')
  }
}

/** Octal digits; or, above what they can tell, a positive number of base 256. */
function numberIn(block: Buffer, at: number, length: number, name: string): number {
  const field = block.subarray(at, at + length)
  if (field[0] === 0x80) {
    const value = Number(BigInt(`0x${field.subarray(1).toString('hex')}`))
    if (value < 8 ** (length - 1) || value > Number.MAX_SAFE_INTEGER)
      throw refused(name, 'a number of it is odd')
    return value
  }
  const text = field.toString('latin1')
  if (!/^[0-7]+[ \0]*$/.test(text)) throw refused(name, 'a number of it is odd')
  return Number.parseInt(text, 8)
}

function gnuName(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  if (end !== bytes.length - 1 || end === 0)
    throw refused(bytes.toString('latin1', 0, 100), 'its name is told oddly')
  return utf8(bytes.subarray(0, end))
}

/** The `path` of a PAX header; null where it tells none. Its records are `<length> <key>=<value>\n`. */
function paxName(bytes: Buffer): string | null {
  let path: string | null = null
  const seen = new Set<string>()
  for (let at = 0; at < bytes.length; ) {
    const [, digits = ''] = /^([1-9][0-9]{0,5}) /.exec(bytes.toString('latin1', at, at + 7)) ?? []
    const end = at + Number(digits)
    if (digits === '' || end > bytes.length || bytes[end - 1] !== 10) throw damaged('a long header is broken')
    const record = bytes.subarray(at + digits.length + 1, end - 1)
    const sign = record.indexOf('=')
    if (sign < 1) throw damaged('a long header is broken')
    const key = utf8(record.subarray(0, sign))
    if (seen.has(key)) throw refused(key, 'a long header tells it twice')
    const isFit = usualPaxKeys.has(key) || harmlessPaxKey.test(key)
    if (!isFit) throw refused(key, 'a long header may not tell this')
    seen.add(key)
    at = end
    if (key !== 'path') continue
    path = utf8(record.subarray(sign + 1))
    if (path === '' || path.includes('\0')) throw refused(path, 'its name is told oddly')
  }
  return path
}
