import { closeSync, openSync, readSync } from 'node:fs'
import type { Target } from './target.ts'

/** What a program or a native part was compiled for, by its header; null where it is something else. */
export function readProgramTarget(path: string): Target | null {
  const header = Buffer.alloc(20)
  const file = openSync(path, 'r')
  try {
    if (readSync(file, header, 0, header.length, 0) < header.length) return null
  } finally {
    closeSync(file)
  }
  if (header.readUInt32BE(0) === 0x7f454c46) {
    const arch = elfArches[header.readUInt16LE(18)]
    return arch ? { platform: 'linux', arch } : null
  }
  if (header.readUInt32LE(0) === 0xfeedfacf) {
    const arch = machArches[header.readUInt32LE(4)]
    return arch ? { platform: 'darwin', arch } : null
  }
  return null
}

const elfArches: Record<number, Target['arch']> = { 62: 'x64', 183: 'arm64' }
const machArches: Record<number, Target['arch']> = { 16777223: 'x64', 16777228: 'arm64' }
