import { backupNamePattern } from '../../../shared/backups.ts'

export const maxDepth = 32
export const maxPathBytes = 1024
const maxNameBytes = 255

/**
 * Folders of the state that are worth nothing on another day: logs, and what runs in boxes; and the one that
 * a disk of its own brings along.
 */
const leftOutFolders = new Set(['logs', 'sandboxes', 'lost+found'])
/** Whose owners are not the gateway: `yarn.lock` there is no lock. */
const foreignFolders = new Set(['extensions', 'skills', 'workspace'])

// Controls, line separators, signs that reorder or hide text, what is no character at all.
const unprintable =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd\ufffe\uffff]/u

/**
 * Why no backup may have an entry of this path, or null. The path is relative, with `/` between its parts
 * and none at its end. Names that some system reads in another way are refused on all.
 */
export function whyUnfit(path: string): string | null {
  if (path === '') return 'it has no name'
  if (path.startsWith('/')) return 'its path is absolute'
  if (path.includes('\\')) return 'its name has a backslash'
  if (unprintable.test(path)) return 'its name has control or hidden characters'
  if (Buffer.byteLength(path) > maxPathBytes) return `its path is longer than ${maxPathBytes} bytes`
  const parts = path.split('/')
  if (parts.length > maxDepth) return `it lies deeper than ${maxDepth} folders`
  for (const part of parts) {
    if (part === '') return 'its path has an empty part'
    if (/^\.+$/.test(part)) return 'its path has a part of dots only'
    if (/^[A-Za-z]:/.test(part)) return 'its path names a drive'
    if (Buffer.byteLength(part) > maxNameBytes) return `a name in it is longer than ${maxNameBytes} bytes`
  }
  return null
}

/** Equal for names that a file system may take for one: other case, another Unicode form, `ß` and `ss`. */
export function folded(path: string): string {
  return path.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC')
}

/** Whether a path of the state folder belongs in no backup: rebuilt by itself, of the moment, or our own. */
export function isLeftOut(path: string): boolean {
  const parts = path.split('/')
  const [top = ''] = parts
  if (leftOutFolders.has(top) || isOurs(top)) return true
  const name = parts.at(-1) ?? ''
  if (backupNamePattern.test(name) || /^\..+\.partial$/.test(name)) return true
  return !foreignFolders.has(top) && parts.some((part) => /\.(?:lock|tmp)$/.test(part))
}

/** What a restore leaves in its place: as {@link isLeftOut}, for the uppermost names. */
export function staysInPlace(top: string): boolean {
  return leftOutFolders.has(top) || isOurs(top) || /\.lock$/.test(top)
}

function isOurs(top: string): boolean {
  return top === '.moltbot-restore' || top.startsWith('.moltbot-before-')
}
