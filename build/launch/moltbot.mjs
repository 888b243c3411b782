import { existsSync, statSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

// Ahead of everything else, so that the rest is read as bytecode. Never in the shared folder under /tmp, which
// other users can plant. A folder that cannot be written only means no cache.
const folder = cacheFolder()
if (folder !== null) enableCompileCache(folder)
await import('./main.mjs')

/**
 * A build keeps it beside itself. A package may not: its folder is sealed by its signature (macOS), or not ours
 * to write (Linux). Its cache is with the user's other caches, except where this runs as somebody else than the
 * owner of that home, as under sudo: bytecode is trusted like a program.
 */
function cacheFolder() {
  const isPackaged = existsSync(join(dirname(import.meta.dirname), 'node'))
  if (!isPackaged) return join(import.meta.dirname, '.compile-cache')
  const home = homedir()
  if (statSync(home, { throwIfNoEntry: false })?.uid !== process.getuid?.()) return null
  if (process.platform === 'darwin') return join(home, 'Library', 'Caches', 'moltbot-desktop', 'compiled')
  const named = process.env.XDG_CACHE_HOME
  return join(named?.startsWith('/') ? named : join(home, '.cache'), 'moltbot-desktop', 'compiled')
}
