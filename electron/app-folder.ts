import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Folder of the built application: this bundle's own, or `dist/app` where this runs from its sources. */
export function appFolder(): string {
  const fromSources = join(import.meta.dirname, '..', 'dist', 'app')
  return existsSync(fromSources) ? fromSources : import.meta.dirname
}

/** Folder beside the archive that a packaged application runs from; null where `app` is no such archive. */
export function resourcesFolder(app: string = appFolder()): string | null {
  return basename(app) === 'app.asar' ? dirname(app) : null
}
