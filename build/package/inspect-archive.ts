import { createHash } from 'node:crypto'
import { extractFile, getRawHeader, listPackage } from '@electron/asar'
import type { Finding } from './finding.ts'
import { isExpectedInArchive } from './package-rules.ts'

/** Electron's archive: what is in it, and that each file is what its header says. */
export function inspectArchive(path: string): Finding {
  const wrong: string[] = []
  const entries = listPackage(path, { isPack: false }).map((name) => name.slice(1))
  const header = getRawHeader(path).header as { files: Record<string, Entry> }
  const files = entries.filter((name) => !('files' in entryOf(header, name)))
  for (const name of files) {
    if (!isExpectedInArchive(name)) wrong.push(`${name} has no business in the archive.`)
    const { integrity, unpacked } = entryOf(header, name)
    if (unpacked) wrong.push(`${name} lies outside the archive.`)
    const found = createHash('sha256').update(extractFile(path, name)).digest('hex')
    if (integrity?.hash !== found) wrong.push(`${name} is not what the archive's header says.`)
  }
  const { main, desktopName } = JSON.parse(extractFile(path, 'package.json').toString())
  for (const name of [main, 'preload.cjs']) if (!files.includes(name)) wrong.push(`${name} is missing.`)
  if (desktopName !== 'bot.molt.MoltbotDesktop.desktop') wrong.push('desktopName is not that of the entry.')
  return { check: 'archive', facts: `${files.length} files, each with its digest`, wrong }
}

interface Entry {
  readonly files?: Record<string, Entry>
  readonly integrity?: { readonly hash: string }
  readonly unpacked?: boolean
}

function entryOf(header: Entry, path: string): Entry {
  return path.split('/').reduce<Entry>((entry, name) => entry.files?.[name] ?? {}, header)
}
