import { lstatSync, readdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { keptDays, type LogFamily } from './log-family.ts'

interface DatedFile {
  readonly path: string
  readonly name: string
  readonly day: string
  /** Infinity for the day's newest. */
  readonly part: number
  readonly bytes: number
  readonly modifiedAt: number
}

/** Also what logrotate made of one, which it forgets itself: `.log.3`, `.log.3.gz`, `.log-20260131.gz`. */
const form =
  /^([a-z]+)-(\d{4}-\d{2}-\d{2})(?:\.(\d{1,6}))?\.log(?:\.\d+|-\d{8,12})?(?:(?<=\d)\.(?:gz|bz2|xz|zst))?$/

/**
 * Removes the files of the family that are older than a week or more than `totalBytes` together, the
 * oldest first; never the current one, and never a file of another name.
 */
export function pruneLogs(folder: string, family: LogFamily, today: Date): void {
  const current = family.nameOf(today)
  const oldest = family.nameOf(
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - (keptDays - 1)),
  )
  try {
    const files = listDated(folder, current)
    const kept = files.filter((file) => {
      const isOld = file.day < dayOf(oldest)
      const isBeyond = family.keptParts !== null && isOlderPart(file, files, family.keptParts)
      return !((isOld || isBeyond) && file.name !== current && remove(file))
    })
    let bytes = kept.reduce((sum, file) => sum + file.bytes, 0)
    for (const file of kept) {
      if (bytes <= family.totalBytes) return
      if (file.name !== current && remove(file)) bytes -= file.bytes
    }
  } catch {
    // An old log that stays does no harm, and the next start tries again.
  }
}

/** The highest number among the parts of the day of `current`; 0 where it has none. */
export function lastPart(folder: string, current: string): number {
  const parts = listDated(folder, current).filter(
    ({ day, part }) => day === dayOf(current) && part < Infinity,
  )
  return Math.max(0, ...parts.map(({ part }) => part))
}

function listDated(folder: string, current: string): DatedFile[] {
  const prefix = form.exec(current)?.[1]
  return readdirSync(folder)
    .flatMap((name) => {
      const [, itsPrefix, day, part] = form.exec(name) ?? []
      if (itsPrefix !== prefix || day === undefined) return []
      const path = join(folder, name)
      const stats = lstatSync(path, { throwIfNoEntry: false })
      if (!stats?.isFile()) return []
      const { size: bytes, mtimeMs: modifiedAt } = stats
      return [{ path, name, day, part: part === undefined ? Infinity : Number(part), bytes, modifiedAt }]
    })
    .sort((one, other) => compare(one.day, other.day) || compare(one.part, other.part) || byTime(one, other))
}

function compare<T>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function byTime(one: DatedFile, other: DatedFile): number {
  return one.modifiedAt - other.modifiedAt
}

function isOlderPart(file: DatedFile, files: readonly DatedFile[], keptParts: number): boolean {
  const newer = files.filter(({ day, part }) => day === file.day && part > file.part && part < Infinity)
  return file.part < Infinity && newer.length >= keptParts
}

function dayOf(name: string): string {
  return form.exec(name)?.[2] ?? ''
}

function remove(file: DatedFile): boolean {
  try {
    unlinkSync(file.path)
    return true
  } catch {
    return false
  }
}
