import { basename, dirname, join } from 'node:path'

/**
 * Where scripts lie that a thread or a process of its own runs, for a bundle in `folder`. Electron's archive
 * can be read by Electron's main thread alone, so a package has them in the folder beside it.
 */
export function outsideArchive(folder: string): string {
  return basename(folder) === 'app.asar' ? join(dirname(folder), 'app') : folder
}
