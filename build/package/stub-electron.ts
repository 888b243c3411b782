import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PackagingError } from './packaging-error.ts'

/**
 * Where `@electron/fuses` finds the fuses: a mark, the version of their wire, how many there are, and each,
 * here as Electron 45 is shipped.
 */
const fuseWire = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009101100011', 'latin1')

const files = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'icudtl.dat',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'vk_swiftshader_icd.json',
  ...['de', 'en-GB', 'en-US', 'fr', 'zh-CN', 'zh-TW'].map((name) => `locales/${name}.pak`),
  'resources/default_app.asar',
]
const programs = [
  'chrome-sandbox',
  'chrome_crashpad_handler',
  'libEGL.so',
  'libGLESv2.so',
  'libffmpeg.so',
  'libvk_swiftshader.so',
  'libvulkan.so.1',
]

/**
 * A folder laid out as Electron's distribution for Linux, for packing where the real one cannot be had. Its
 * program is a real one with a real fuse wire, which ends at once; it can show no window.
 */
export function writeStubElectron(folder: string, version: string): void {
  rmSync(folder, { recursive: true, force: true })
  for (const name of files) write(join(folder, name), 'A stand-in.\n', 0o644)
  for (const name of programs) write(join(folder, name), 'A stand-in.\n', 0o755)
  write(join(folder, 'version'), version, 0o644)
  const program = ['/usr/bin/true', '/bin/true'].map(readIfProgram).find((bytes) => bytes !== null)
  if (!program) throw new PackagingError('There is no /usr/bin/true to make a stand-in of.')
  write(join(folder, 'electron'), Buffer.concat([program, fuseWire]), 0o755)
}

function readIfProgram(path: string): Buffer | null {
  try {
    const bytes = readFileSync(path)
    return bytes.subarray(0, 4).toString('latin1') === '\u007fELF' ? bytes : null
  } catch {
    return null
  }
}

function write(path: string, content: string | Buffer, mode: number): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  chmodSync(path, mode)
}
