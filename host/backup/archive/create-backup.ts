import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { ProblemError, problem } from '../../../shared/problem.ts'
import type { Created, CreateRequest, WorkHooks } from './archive-contract.ts'
import { checkFreeSpace } from './free-space.ts'
import { runNames, sweepLeftovers } from './leftovers.ts'
import { type Manifest, manifestFormat, manifestName, maxEntries, product, secretsName } from './manifest.ts'
import { type PackedEntry, packBackup } from './pack-backup.ts'
import { StateCopies } from './state-copies.ts'
import { type TakenState, takeCopies } from './take-copies.ts'
import { findRoots, type StateListing, walkState } from './walk-state.ts'
import { writeBackupFile } from './write-backup-file.ts'
import { writing } from './writing.ts'

/** A file takes at least a block, and its header and its line in the manifest besides. */
const overheadBytes = 4096

/** Makes a backup, in a thread of its own. `run` marks what it makes on the disk. Throws problems. */
export async function createBackup(request: CreateRequest, run: string, hooks: WorkHooks): Promise<Created> {
  const { stateDir, configPath, workDir, folder, name } = request
  hooks.progress({ step: 'listing', done: 0, total: null })
  const roots = findRoots(stateDir, configPath)
  makeFolder(workDir)
  await sweepLeftovers({ workDir, folder })
  const list = () => walkState(roots, [realpathSync(workDir)])
  const first = list()
  if (first.files.size === 0) throw new ProblemError(problem('BACKUP_NOTHING_THERE', { path: stateDir }))
  checkRoom(first, workDir, folder)

  const names = runNames(run)
  const workFolder = join(workDir, names.workFolder)
  makeFolder(workFolder)
  try {
    const copies = new StateCopies(workFolder)
    const state = await takeCopies({ copies, list, hooks })
    const { entries, manifest } = content(request, state, copies, roots.configName)
    const manifestBytes = Buffer.from(JSON.stringify(manifest))
    const total = manifest.totals.bytes
    const packed = (done: number) => hooks.progress({ step: 'packing', done: Math.min(done, total), total })
    packed(0)
    const first = fileOf(manifestName, manifestBytes, request.createdAt)
    const sealed = await packBackup([first, ...entries], request.lock, packed)
    const path = join(folder, name)
    const written = await writeBackupFile(join(folder, names.partial(name)), path, sealed)
    return {
      path,
      fileBytes: written.bytes,
      files: copies.held.size,
      bytes: [...copies.held.values()].reduce((sum, { size }) => sum + size, 0),
      consistency: manifest.consistency,
      skipped: state.skipped,
      digest: written.digest,
      manifestDigest: sha256(manifestBytes),
    }
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
}

function content(
  request: CreateRequest,
  { consistency, listing, skipped }: TakenState,
  copies: StateCopies,
  configName: string,
): { entries: PackedEntry[]; manifest: Manifest } {
  const { createdAt, madeBy, machine, stateDir } = request
  const entries: PackedEntry[] = [...listing.folders].map(([name, mtimeMs]) => ({
    name,
    mtimeMs,
    isExecutable: false,
    content: null,
  }))
  const hashes = new Map<string, string>()
  for (const [name, { at, size, mtimeMs, isExecutable, sha256: hash }] of copies.held) {
    entries.push({ name, mtimeMs, isExecutable, content: { at, size } })
    hashes.set(name, hash)
  }
  const secrets = Object.keys(request.secrets).sort()
  if (secrets.length > 0) {
    const bytes = Buffer.from(JSON.stringify(request.secrets))
    entries.push(fileOf(secretsName, bytes, createdAt))
    hashes.set(secretsName, sha256(bytes))
  }
  // Folders before what is in them, secrets before the state: they are small, and needed first.
  entries.sort((one, other) => rank(one.name) - rank(other.name) || (one.name < other.name ? -1 : 1))
  if (entries.length > maxEntries) {
    const detail = `more than ${maxEntries} files`
    throw new ProblemError(problem('BACKUP_STATE_UNREADABLE', { path: stateDir, detail }))
  }
  const sizes = entries.map(({ content: from }) => sizeOf(from))
  return {
    entries,
    manifest: {
      format: manifestFormat,
      product,
      createdAt,
      madeBy,
      machine,
      platform: platform(),
      stateDir,
      config: copies.held.has(configName) ? configName : null,
      consistency,
      skipped,
      secrets,
      entries: entries.map(({ name, mtimeMs, isExecutable, content: from }) => ({
        path: name,
        size: sizeOf(from),
        sha256: hashes.get(name) ?? null,
        mtime: Math.trunc(mtimeMs),
        mode: from === null || isExecutable ? 0o700 : 0o600,
      })),
      totals: { files: hashes.size, bytes: sizes.reduce((sum, size) => sum + size, 0) },
    },
  }
}

function rank(name: string): number {
  return name === secretsName ? 0 : name.startsWith('config/') ? 1 : 2
}

function sizeOf(from: PackedEntry['content']): number {
  return from === null ? 0 : 'bytes' in from ? from.bytes.length : from.size
}

function fileOf(name: string, bytes: Uint8Array, mtimeMs: number): PackedEntry {
  return { name, mtimeMs, isExecutable: false, content: { bytes } }
}

function checkRoom({ files, folders }: StateListing, workDir: string, folder: string): void {
  const bytes = [...files.values()].reduce((sum, { size }) => sum + size + overheadBytes, 0)
  const needed = bytes + folders.size * overheadBytes
  // What does not compress may take as much again in the backup.
  checkFreeSpace([
    { path: workDir, bytes: needed },
    { path: folder, bytes: needed },
  ])
}

function makeFolder(path: string): void {
  writing(path, () => mkdirSync(path, { recursive: true, mode: 0o700 }))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
