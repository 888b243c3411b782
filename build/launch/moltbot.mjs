import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Ahead of everything else, so that the rest is read as bytecode. In our own folder: the shared one under
// /tmp can be planted by other users. A folder that cannot be written only means no cache.
enableCompileCache(join(import.meta.dirname, '.compile-cache'))
await import('./main.mjs')
