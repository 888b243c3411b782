import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import {
  accessLogTarget,
  chooseLogTarget,
  datedAccessLogName,
  datedLogName,
  fallbackLogFolder,
  type LogPlace,
} from './log-path.ts'

export type FolderVerdict =
  | { readonly kind: 'absent' }
  /** `isPrivate` is false where others may read or enter it. */
  | { readonly kind: 'ours'; readonly isPrivate: boolean }
  | { readonly kind: 'unsafe'; readonly detail: string }

/** In a folder everybody writes to, a name may have been planted: only a real folder of ours is trusted. */
export function inspectLogFolder(folder: string): FolderVerdict {
  try {
    const stats = lstatSync(folder, { throwIfNoEntry: false })
    if (!stats) return { kind: 'absent' }
    if (stats.isSymbolicLink()) return { kind: 'unsafe', detail: 'it is a link' }
    if (!stats.isDirectory()) return { kind: 'unsafe', detail: 'it is not a folder' }
    if (stats.uid !== process.getuid?.()) return { kind: 'unsafe', detail: `user ${stats.uid} owns it` }
    return { kind: 'ours', isPrivate: (stats.mode & 0o077) === 0 }
  } catch (error) {
    return { kind: 'unsafe', detail: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
}

type PlaceOnDate = LogPlace & { readonly stateDir: string; readonly date: Date }

/** The file the gateway writes to on `date`, by the same rules it applies itself. */
export function currentLogPath(place: PlaceOnDate): string {
  const target = chooseLogTarget(place)
  if (target.kind === 'named') return target.path
  return join(safeFolder(target.folder, place.stateDir), datedLogName(place.date))
}

/** As {@link currentLogPath}, of the access log. */
export function currentAccessLogPath(place: PlaceOnDate): string {
  const { folder } = accessLogTarget(chooseLogTarget(place), place.stateDir)
  return join(safeFolder(folder, place.stateDir), datedAccessLogName(place.date))
}

function safeFolder(folder: string, stateDir: string): string {
  return inspectLogFolder(folder).kind === 'unsafe' ? fallbackLogFolder(stateDir) : folder
}
