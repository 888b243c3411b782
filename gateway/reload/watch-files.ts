import { type FSWatcher, realpathSync, statSync, watch } from 'node:fs'
import { basename, dirname, sep } from 'node:path'

export interface FileWatch {
  /** Watches these from now on, and no others. They need not exist. */
  follow(paths: readonly string[]): void
  close(): void
}

/** Where the system tells nothing (network folders, a folder that went and came), a look finds it. */
const lookEveryMs = 5_000

/**
 * Calls `changed` after one of the followed files was written, replaced, removed or made: by the folders they are
 * in, so that a file that is renamed into place is seen, and by those of what links lead to. Keeps no process
 * alive and looks at no file by itself more often than every five seconds.
 */
export function watchFiles(changed: () => void): FileWatch {
  const folders = new Map<string, { readonly watcher: FSWatcher | null; readonly id: string }>()
  let followed: readonly string[] = []
  let names: ReadonlySet<string> = new Set()
  let seen = ''
  const timer = setInterval(look, lookEveryMs)
  timer.unref()

  function look(): void {
    arm()
    const now = followed.map(stampOf).join('\n')
    if (now === seen) return
    seen = now
    changed()
  }

  /** A watcher of a folder that was removed, or replaced, hears nothing more. */
  function arm(): void {
    const files = followed.flatMap((path) => [path, targetOf(path)])
    const wanted = new Set(files.map((path) => nearestFolder(dirname(path))))
    // Of a folder that is not there its coming is to be seen, and of one that is, its going.
    const ways = files.flatMap((path) => partsBelow(nearestFolder(dirname(path)), path))
    names = new Set([...ways, ...[...wanted].map((folder) => basename(folder))])
    for (const [folder, { watcher, id }] of folders) {
      if (wanted.has(folder) && watcher && id === folderId(folder)) continue
      watcher?.close()
      folders.delete(folder)
    }
    for (const folder of wanted) if (!folders.has(folder)) folders.set(folder, open(folder))
  }

  function open(folder: string): { readonly watcher: FSWatcher | null; readonly id: string } {
    const id = folderId(folder)
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name !== null && !names.has(name)) return
        arm()
        seen = followed.map(stampOf).join('\n')
        changed()
      })
      watcher.on('error', () => watcher.close()) // the look of every few seconds remains
      return { watcher, id }
    } catch {
      return { watcher: null, id } // so it does
    }
  }

  return {
    follow(paths) {
      followed = [...new Set(paths)]
      arm()
      seen = followed.map(stampOf).join('\n')
    },
    close() {
      clearInterval(timer)
      for (const { watcher } of folders.values()) watcher?.close()
      folders.clear()
      followed = []
    },
  }
}

function nearestFolder(folder: string): string {
  const isThere = quietly(() => statSync(folder, { throwIfNoEntry: false })?.isDirectory()) ?? false
  return isThere || folder === dirname(folder) ? folder : nearestFolder(dirname(folder))
}

function partsBelow(folder: string, path: string): string[] {
  return path
    .slice(folder.length)
    .split(sep)
    .filter((part) => part !== '')
}

function stampOf(path: string): string {
  const stats = quietly(() => statSync(path, { throwIfNoEntry: false }))
  return stats ? `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}` : 'none'
}

function folderId(path: string): string {
  const stats = quietly(() => statSync(path, { throwIfNoEntry: false }))
  return stats ? `${stats.dev} ${stats.ino}` : 'none'
}

function targetOf(path: string): string {
  return quietly(() => realpathSync(path)) ?? path
}

/** What cannot be looked at is told by whoever reads it. */
function quietly<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}
