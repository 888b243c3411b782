import { constants } from 'node:fs'
import { access, lstat, mkdir, readdir, realpath, stat, unlink } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { type BackupFile, backupNamePattern } from '../../shared/backups.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { syncFolder } from '../files/atomic-write.ts'
import type { BackupRecord } from './backup-record.ts'

export interface FoundBackup extends BackupFile {
  readonly mtimeMs: number
}

export interface FolderLook {
  readonly problem: Problem | null
  /** Newest first. */
  readonly files: readonly FoundBackup[]
}

/** A folder of the owner's choice has to be there: it may lie on a disk that is not plugged in. */
export interface BackupFolder {
  readonly path: string
  readonly isDefault: boolean
}

/** What lies in the folder. Nothing is made: the default one appears with the first backup. */
export async function lookAtFolder(
  { path, isDefault }: BackupFolder,
  verified: BackupRecord['verified'],
): Promise<FolderLook> {
  try {
    const names = (await readdir(path)).filter((name) => backupNamePattern.test(name))
    const files = await Promise.all(names.map((name) => fileIn(path, name, verified[name])))
    const known = files.filter((file) => file !== null).sort((one, other) => (one.name < other.name ? 1 : -1))
    return { problem: await whyNotWritable(path), files: known }
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return { problem: isDefault ? null : folderMissing(path), files: [] }
    return { problem: problem('BACKUP_FOLDER_UNUSABLE', { path, detail: code }), files: [] }
  }
}

/** Makes the default folder where it is missing (0700). Returns what is wrong with the folder, or null. */
export async function prepareFolder(
  { path, isDefault }: BackupFolder,
  stateDir: string,
): Promise<Problem | null> {
  const inside = await whyInside(path, stateDir)
  if (inside) return inside
  try {
    if (isDefault) {
      await mkdir(path, { recursive: true, mode: 0o700 })
      await syncFolder(dirname(path))
    }
    if (!(await stat(path)).isDirectory()) {
      return problem('BACKUP_FOLDER_UNUSABLE', { path, detail: 'it is not a folder' })
    }
    return await whyNotWritable(path)
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return folderMissing(path)
    return problem('BACKUP_FOLDER_UNUSABLE', { path, detail: code })
  }
}

/**
 * A folder inside the state would be put aside with it by a restore, and would be backed up into itself. Returns
 * the problem, or null; one that is not there yet is judged by the nearest that is.
 */
export async function whyInside(folder: string, stateDir: string): Promise<Problem | null> {
  const state = await realpath(stateDir).catch(() => stateDir)
  const path = await realNearest(folder)
  if (path !== state && !path.startsWith(state + sep)) return null
  const detail = `it lies inside ${stateDir}, which a restore replaces`
  return problem('BACKUP_FOLDER_UNUSABLE', { path: folder, detail })
}

async function realNearest(path: string): Promise<string> {
  const real = await realpath(path).catch(() => null)
  if (real !== null) return real
  const parent = dirname(path)
  return parent === path ? path : join(await realNearest(parent), path.slice(parent.length))
}

/** A name of the form of ours that is not taken: two backups in one second get two names. */
export async function freeName(folder: string, now: number): Promise<string> {
  for (let at = now; ; at += 1000) {
    const name = backupName(at)
    const isFree = await access(join(folder, name)).then(
      () => false,
      () => true,
    )
    if (isFree) return name
  }
}

/**
 * Deletes all but the last `keep` of `made`, oldest first; returns their paths. Another machine's backups in
 * the same folder, and whatever only has such a name, are none of ours. One that cannot be deleted stays, and
 * is tried again.
 */
export async function deleteOlder(made: readonly string[], keep: number): Promise<string[]> {
  const there = await Promise.all(made.map(async (path) => ((await isFile(path)) ? [path] : [])))
  const deleted: string[] = []
  for (const path of there.flat().slice(0, -keep)) {
    const isGone = await unlink(path).then(
      () => true,
      () => false,
    )
    if (isGone) deleted.push(path)
  }
  return deleted
}

async function isFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

/** Null once it is gone. */
export async function deleteBackup(folder: string, name: string): Promise<Problem | null> {
  if (!backupNamePattern.test(name)) return problem('BACKUP_NOT_OURS', { name })
  const path = join(folder, name)
  try {
    await unlink(path)
    await syncFolder(folder)
    return null
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return problem('BACKUP_FILE_MISSING', { path })
    return problem('BACKUP_NOT_DELETED', { path, detail: code })
  }
}

async function fileIn(
  folder: string,
  name: string,
  proof: BackupRecord['verified'][string] | undefined,
): Promise<FoundBackup | null> {
  const path = join(folder, name)
  const found = await stat(path).catch(() => null) // deleted meanwhile
  if (!found?.isFile()) return null
  const isSame = proof?.bytes === found.size && proof.mtimeMs === found.mtimeMs
  return {
    name,
    path,
    bytes: found.size,
    mtimeMs: found.mtimeMs,
    createdAt: momentOf(name),
    verifiedAt: isSame ? proof.at : null,
  }
}

async function whyNotWritable(path: string): Promise<Problem | null> {
  return access(path, constants.W_OK).then(
    () => null,
    ({ code }: NodeJS.ErrnoException) =>
      problem('BACKUP_FOLDER_UNUSABLE', { path, detail: code ?? 'it cannot be written' }),
  )
}

function folderMissing(path: string): Problem {
  return problem('BACKUP_FOLDER_MISSING', { path })
}

function backupName(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`
  return `moltbot-${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}.tar.gz.age`
}

function momentOf(name: string): number {
  const [, year, month, day, hours, minutes, seconds] =
    /^moltbot-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(name)?.map(Number) ?? []
  return new Date(year ?? 0, (month ?? 1) - 1, day, hours, minutes, seconds).getTime()
}
