import { type BigIntStats, type FSWatcher, watch } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { LogGrown } from '../../shared/log.ts'
import type { Clock } from '../clock.ts'
import { isOfFamily } from './log-family.ts'
import { inodeOf } from './open-log.ts'

export interface LogWatchPorts {
  readonly clock: Clock
  /** Where the log is now; another file after midnight. */
  path(): string
  grew(grown: LogGrown): void
}

/** Also without a notice of the system: a folder may be missing, or on a disk that gives none. */
const lookEveryMs = 1_000
const pauseMs = 100

/** Says within 100 ms, at most ten times a second, that the log grew, was emptied or is another file. */
export function watchLog({ clock, path, grew }: LogWatchPorts): { stop(): void } {
  let known: string | null = null
  let watcher: FSWatcher | null = null
  let watched: string | null = null
  let cancel = clock.after(0, look)
  let isLooking = false
  let isDue = false
  let isStopped = false

  function look(): void {
    const now = path()
    isLooking = true
    isDue = false
    void Promise.all([statOf(now), statOf(dirname(now))]).then(([file, folder]) => {
      if (isStopped) return
      const bytes = Number(file?.size ?? 0)
      const seen = JSON.stringify([now, file ? inodeOf(file) : 0, bytes])
      const isNews = known !== null && known !== seen
      known = seen
      isLooking = false
      cancel = clock.after(isDue ? pauseMs : lookEveryMs, look)
      keepWatching(now, folder)
      if (isNews) grew({ path: now, bytes })
    })
  }

  function lookSoon(): void {
    if (isDue || isStopped) return
    isDue = true
    if (isLooking) return
    cancel()
    cancel = clock.after(pauseMs, look)
  }

  function keepWatching(now: string, folder: BigIntStats | null): void {
    // A folder made anew often gets the number of the one before it.
    const identity =
      folder && JSON.stringify([dirname(now), Number(folder.dev), inodeOf(folder), `${folder.birthtimeNs}`])
    if (identity === watched) return
    watcher?.close()
    watched = null
    watcher = identity === null ? null : openWatcher(now)
    if (watcher) watched = identity
  }

  function openWatcher(now: string): FSWatcher | null {
    const isConcerned = (name: string | null) => name === null || isOfFamily(now, name)
    try {
      return watch(dirname(now), { persistent: false }, (_, name) => {
        if (isConcerned(name)) lookSoon()
      }).on('error', () => {
        watched = null // opened again at the next look
      })
    } catch {
      return null // no more watches to be had: the look each second goes on
    }
  }

  return {
    stop() {
      isStopped = true
      cancel()
      watcher?.close()
    },
  }
}

function statOf(path: string): Promise<BigIntStats | null> {
  return lstat(path, { bigint: true }).catch(() => null)
}
