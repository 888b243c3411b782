import {
  closeSync,
  constants,
  fsyncSync,
  futimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { ProblemError, problem } from '../../../shared/problem.ts'
import type { Extracted, ExtractRequest, WorkHooks } from './archive-contract.ts'
import type { ContentEntry, Contents } from './contents.ts'
import { writeFully } from './copy-file.ts'
import { damaged, refused } from './fault.ts'
import { checkFreeSpace } from './free-space.ts'
import { externalConfigName } from './manifest.ts'
import { openBackup } from './open-backup.ts'
import { naming, readContents, readThrough } from './read-contents.ts'
import type { EntryReader, EntrySink } from './read-entries.ts'
import { syncFolderNow } from './sync-folder.ts'
import { TarGate } from './tar-gate.ts'
import { writing } from './writing.ts'

/** A file takes at least a block. */
const overheadBytes = 4096
const writeFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

/** Unpacks a backup after all of it was found right. Throws the problem, with nothing left in the folder. */
export async function extractBackup(request: ExtractRequest, hooks: WorkHooks): Promise<Extracted> {
  const { path, opening, stagingDir, expectDigest } = request
  const backup = await openBackup(path, opening)
  try {
    const contents = await readContents(backup, hooks)
    if (expectDigest !== undefined && expectDigest !== contents.digest) throw changed().asProblem(path)
    checkTarget(stagingDir, contents)
    try {
      const writer = new TreeWriter(stagingDir, contents)
      const gate = new TarGate(contents.tarLimit)
      const digest = await readThrough(backup, gate, writer, 'extracting', hooks)
      if (digest !== contents.digest) throw changed().asProblem(path)
      await naming(path, () => writer.finish())
    } catch (error) {
      for (const name of readdirSync(stagingDir))
        rmSync(join(stagingDir, name), { recursive: true, force: true })
      throw error
    }
    const { about, digest, secrets, entries } = contents
    return {
      about,
      digest,
      format: about.format,
      files: about.files,
      bytes: about.bytes,
      secrets,
      externalConfig: entries.has(externalConfigName),
    }
  } finally {
    backup.close()
  }
}

function changed() {
  return damaged('it has changed since it was checked')
}

function checkTarget(stagingDir: string, { entries, about }: Contents): void {
  const names = writing(stagingDir, () => readdirSync(stagingDir))
  if (names.length > 0) throw failed(stagingDir, 'it is not empty')
  checkFreeSpace([{ path: stagingDir, bytes: about.bytes + entries.size * overheadBytes }])
}

/** Writes the tree, each entry once and only as the first look has found it. */
class TreeWriter implements EntryReader {
  readonly #root: string
  readonly #contents: Contents
  readonly #folders = new Set<string>()
  readonly #written = new Set<string>()

  constructor(root: string, contents: Contents) {
    this.#root = root
    this.#contents = contents
    this.#folder(join(root, 'state'))
  }

  begin({ name, isFolder, size }: Parameters<EntryReader['begin']>[0]): EntrySink | null {
    const place = this.#contents.placeOf(name)
    if (place === null) return null
    const entry = this.#contents.entries.get(place)
    if (!entry || entry.isFolder !== isFolder || entry.size !== size) throw changed()
    if (this.#written.has(place)) throw refused(name, 'it is there twice')
    this.#written.add(place)
    const path = join(this.#root, place)
    if (isFolder) {
      this.#folder(path)
      return null
    }
    this.#folder(dirname(path))
    return writeFile(path, entry)
  }

  /** Everything is on the disk when this returns. */
  finish(): void {
    if (this.#written.size !== this.#contents.entries.size) throw changed()
    // What is in a folder before its name.
    const folders = [...this.#folders].sort((one, other) => other.length - one.length)
    for (const folder of [...folders, this.#root]) writing(folder, () => syncFolderNow(folder))
  }

  #folder(path: string): void {
    if (this.#folders.has(path) || path === this.#root) return
    this.#folder(dirname(path))
    writing(path, () => mkdirSync(path, { mode: 0o700 }))
    this.#folders.add(path)
  }
}

function writeFile(path: string, { sha256, mtimeMs, isExecutable }: ContentEntry): EntrySink {
  const file = writing(path, () => openSync(path, writeFlags, isExecutable ? 0o700 : 0o600))
  return {
    write: (bytes) => writing(path, () => writeFully(file, bytes)),
    end(found) {
      if (found !== sha256) throw changed()
      writing(path, () => {
        futimesSync(file, mtimeMs / 1000, mtimeMs / 1000)
        fsyncSync(file)
      })
      closeSync(file)
    },
    abort: () => closeSync(file),
  }
}

function failed(path: string, detail: string): ProblemError {
  return new ProblemError(problem('BACKUP_WRITE_FAILED', { path, detail }))
}
