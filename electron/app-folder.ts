import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Folder of the built application: this bundle's own, or `dist/app` where this runs from its sources. */
export function appFolder(): string {
  const fromSources = join(import.meta.dirname, '..', 'dist', 'app')
  return existsSync(fromSources) ? fromSources : import.meta.dirname
}
