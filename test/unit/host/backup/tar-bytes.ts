import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { Encrypter } from 'age-encryption'
import { sha256 } from './state-folder.ts'

export interface TarEntry {
  readonly name: string
  readonly content?: string | Uint8Array
  readonly type?: string
  readonly mode?: number
  readonly uid?: number
  readonly linkname?: string
  /** What the header says instead of the true size. */
  readonly size?: string
  /** Changes the header before its checksum is set. */
  readonly spoil?: (header: Buffer) => void
  /** Changes it afterwards. */
  readonly spoilSum?: boolean
}

/** One entry as it lies in a tar, byte by byte. */
export function tarEntry(entry: TarEntry): Buffer {
  const body = Buffer.from(entry.content ?? '')
  const header = Buffer.alloc(512)
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`
  header.write(entry.name, 0, 100)
  header.write(octal(entry.mode ?? 0o600, 8), 100)
  header.write(octal(entry.uid ?? 0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(entry.size ?? octal(body.length, 12), 124, 12, 'latin1')
  header.write(octal(1_700_000_000, 12), 136)
  header.write(entry.type ?? (entry.name.endsWith('/') ? '5' : '0'), 156)
  header.write(entry.linkname ?? '', 157, 100)
  header.write('ustar\x0000', 257)
  entry.spoil?.(header)
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0) + (entry.spoilSum ? 1 : 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}

export const tarEnd = Buffer.alloc(1024)

export function tarOf(entries: readonly TarEntry[], end: Uint8Array = tarEnd): Buffer {
  return Buffer.concat([...entries.map(tarEntry), end])
}

/** A PAX record: `<length> <key>=<value>\n`, the length counting itself. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  let length = Buffer.byteLength(rest)
  while (String(length).length + Buffer.byteLength(rest) !== length) length += 1
  return `${length}${rest}`
}

export interface ManifestLine {
  readonly path: string
  readonly size: number
  readonly sha256: string | null
  readonly mtime: number
  readonly mode: number
}

export function listed({ name, content }: TarEntry): ManifestLine {
  const isFolder = name.endsWith('/')
  const bytes = Buffer.from(content ?? '')
  return {
    path: name,
    size: bytes.length,
    sha256: isFolder ? null : sha256(bytes),
    mtime: 1_700_000_000_000,
    mode: isFolder ? 0o700 : 0o600,
  }
}

/** A manifest that fits the entries, unless something else is said. */
export function manifestOf(lines: readonly ManifestLine[], other: Record<string, unknown> = {}): TarEntry {
  const files = lines.filter(({ sha256: hash }) => hash !== null)
  const manifest = {
    format: 1,
    product: 'moltbot-desktop',
    createdAt: 1_700_000_000_000,
    madeBy: '0.1.0',
    machine: 'mill',
    platform: 'linux',
    stateDir: '/home/ann/.clawdbot',
    config: null,
    consistency: 'quiet',
    skipped: [],
    secrets: [],
    entries: lines,
    totals: { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) },
    ...other,
  }
  return { name: 'manifest.json', content: JSON.stringify(manifest) }
}

/** Encrypts bytes as they are, whatever they are. */
export async function seal(recipient: string, bytes: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return encrypter.encrypt(bytes)
}

export async function writeSealed(path: string, recipient: string, tar: Uint8Array): Promise<void> {
  writeFileSync(path, await seal(recipient, gzipSync(tar)))
}
