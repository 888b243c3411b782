import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where a Moltbot of the person who runs the tests would live. */
export const personalFolders = [
  join(homedir(), '.clawdbot'),
  '/tmp/moltbot',
  `/tmp/moltbot-${process.getuid?.()}`,
  join(homedir(), '.config/systemd/user'),
  join(homedir(), '.config/autostart'),
]

/** What stands at each path below `folders`: type, mode, size, time and content. */
export function digestOf(folders: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const folder of folders) visit(folder, found)
  return found
}

/** Paths that were added, removed or changed. */
export function changedPaths(before: Map<string, string>, after: Map<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()])
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort()
}

function visit(path: string, found: Map<string, string>): void {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return
  const content = createHash('sha256')
  if (stat.isSymbolicLink()) content.update(readlinkSync(path))
  // Beyond that size the times must do.
  else if (stat.isFile() && stat.size < 8_000_000) content.update(readable(() => readFileSync(path)) ?? '')
  found.set(path, [stat.mode, stat.size, stat.mtimeMs, stat.ino, content.digest('hex')].join(' '))
  if (stat.isDirectory())
    for (const name of readable(() => readdirSync(path)) ?? []) visit(join(path, name), found)
}

/** Another user's file cannot be read, and not be changed by us either. */
function readable<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
