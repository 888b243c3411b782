import { type BigIntStats, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { SkippedFile } from '../../../shared/backup-results.ts'
import { ProblemError, problem } from '../../../shared/problem.ts'
import { externalConfigName, Places } from './manifest.ts'
import { isLeftOut, whyUnfit } from './names.ts'

export interface StateRoots {
  /** Without links. */
  readonly stateDir: string
  /** The live configuration, where it lies outside the state folder; null where it lies in it. */
  readonly externalConfig: string | null
  /** Paths in the state folder that are read through a link. */
  readonly followed: ReadonlySet<string>
  /** The live configuration as the archive names it, whether it is there or not. */
  readonly configName: string
}

export interface ListedFile {
  readonly path: string
  readonly isFollowed: boolean
  readonly size: number
  /** Changes with every write, as far as the file system can tell. */
  readonly signature: string
}

export interface StateListing {
  /** By the name in the archive: `state/…`, `config/moltbot.json`. */
  readonly files: Map<string, ListedFile>
  /** By the name in the archive, with `/` at the end; ms since 1970. */
  readonly folders: Map<string, number>
  readonly skipped: SkippedFile[]
}

/** Where the state really lies. Throws BACKUP_NOTHING_THERE and BACKUP_STATE_UNREADABLE. */
export function findRoots(stateDir: string, configPath: string): StateRoots {
  const real = attempt(stateDir, () => realpathSync(stateDir))
  const configDir = existing(dirname(configPath))
  const within = relative(real, join(configDir, basename(configPath)))
  const isInside = within !== '..' && !within.startsWith(`..${sep}`)
  return {
    stateDir: real,
    externalConfig: isInside ? null : configPath,
    followed: new Set(['moltbot.json', '.env', ...(isInside ? [within] : [])]),
    configName: isInside ? `state/${within}` : externalConfigName,
  }
}

/** All that a backup of the state has in it, as it is at this moment; `except`: folders that are no part. */
export function walkState(roots: StateRoots, except: readonly string[] = []): StateListing {
  const files = new Map<string, ListedFile>()
  const folders = new Map<string, number>()
  const skipped: SkippedFile[] = []
  const places = new Places()
  const omitted = new Set(except)

  walk('')
  if (roots.externalConfig) {
    const found = lookAt(roots.externalConfig, true)
    if (found?.isFile()) files.set(externalConfigName, listed(roots.externalConfig, true, found))
  }
  return { files, folders, skipped }

  function walk(folder: string): void {
    const path = join(roots.stateDir, folder)
    let names: string[]
    try {
      names = readdirSync(path)
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException
      if (folder === '') throw unreadable(path, code)
      if (code !== 'ENOENT') skipped.push({ path: folder, why: 'unreadable' })
      return
    }
    const found = lookAt(path, false)
    folders.set(folder === '' ? 'state/' : `state/${folder}/`, found ? Number(found.mtimeMs) : 0)
    for (const name of names.sort()) visit(folder === '' ? name : `${folder}/${name}`)
  }

  function visit(relativePath: string): void {
    const path = join(roots.stateDir, relativePath)
    if (isLeftOut(relativePath) || omitted.has(path)) return
    const isFollowed = roots.followed.has(relativePath)
    const found = lookAt(path, isFollowed)
    if (!found) return
    const why = found.isSymbolicLink() ? 'link' : found.isFile() || found.isDirectory() ? null : 'notAFile'
    if (why) return void skipped.push({ path: relativePath, why })
    const name = `state/${relativePath}`
    if (whyUnfit(name) ?? places.add(name, found.isDirectory())) {
      return void skipped.push({ path: relativePath, why: 'name' })
    }
    if (found.isDirectory()) walk(relativePath)
    else files.set(name, listed(path, isFollowed, found))
  }
}

/** Equal as long as nothing has written to the file, put another in its place, or touched its times. */
export function signatureOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ')
}

function listed(path: string, isFollowed: boolean, found: BigIntStats): ListedFile {
  return { path, isFollowed, size: Number(found.size), signature: signatureOf(found) }
}

/** Null where it is gone by now. */
function lookAt(path: string, isFollowed: boolean): BigIntStats | null {
  const options = { bigint: true, throwIfNoEntry: false } as const
  try {
    return (
      (isFollowed ? (statSync(path, options) ?? lstatSync(path, options)) : lstatSync(path, options)) ?? null
    )
  } catch {
    return null // a parent that is gone, or may not be entered; that one is listed as unreadable
  }
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new ProblemError(problem('BACKUP_NOTHING_THERE', { path }))
    throw unreadable(path, code)
  }
}

function existing(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}

function unreadable(path: string, detail: string): ProblemError {
  return new ProblemError(problem('BACKUP_STATE_UNREADABLE', { path, detail }))
}
