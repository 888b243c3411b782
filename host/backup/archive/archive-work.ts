import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { problem } from '../../../shared/problem.ts'
import { outsideArchive } from '../../outside-archive.ts'
import type {
  ArchiveOrder,
  CompareRequest,
  CompareResult,
  Created,
  CreateRequest,
  Extracted,
  ExtractRequest,
  Outcome,
  ReadRequest,
  ReadResult,
  WorkHooks,
} from './archive-contract.ts'
import { removeRun } from './leftovers.ts'
import { runWorker } from './run-worker.ts'

export type { Lock, Opening } from './archive-contract.ts'

/**
 * How the job that a piece of work belongs to sees it. `pause` is called at most once, and `resume` once
 * after it; progress comes at most ten times a second.
 */
export interface ArchiveHooks extends WorkHooks {
  /** Aborted: the work ends with JOB_CANCELLED and leaves nothing behind. */
  readonly signal: AbortSignal
}

export type CreateOutcome = Outcome<Created>
export type ReadOutcome = Outcome<ReadResult>
export type CompareOutcome = Outcome<CompareResult>
export type ExtractOutcome = Outcome<Extracted>

/** Makes one encrypted backup of the state, whole or not at all. */
export async function createArchive(request: CreateRequest, hooks: ArchiveHooks): Promise<CreateOutcome> {
  const run = randomBytes(4).toString('hex')
  return work<CreateOutcome>({ kind: 'create', request, run }, hooks, () => removeRun(request, run))
}

/** Reads every byte of a backup and checks it; writes nothing. */
export function readArchive(request: ReadRequest, hooks: ArchiveHooks): Promise<ReadOutcome> {
  return work<ReadOutcome>({ kind: 'read', request }, hooks)
}

/** Reads every byte of a backup and of the present state, and says where they differ; writes nothing. */
export function compareArchive(request: CompareRequest, hooks: ArchiveHooks): Promise<CompareOutcome> {
  return work<CompareOutcome>({ kind: 'compare', request }, hooks)
}

/**
 * Unpacks a backup into an empty folder. All of it is read and checked before anything is written, and
 * checked again while it is. Folders get 0700, files 0600 (0700 where they may be run), all are synced.
 */
export function extractArchive(request: ExtractRequest, hooks: ArchiveHooks): Promise<ExtractOutcome> {
  return work<ExtractOutcome>({ kind: 'extract', request }, hooks, () => emptyFolder(request.stagingDir))
}

async function work<T extends CreateOutcome | ReadOutcome | CompareOutcome | ExtractOutcome>(
  order: ArchiveOrder,
  hooks: ArchiveHooks,
  tidy: () => Promise<void> = async () => {},
): Promise<T | Extract<T, { ok: false }>> {
  const end = await runWorker<T>(workerScript(), order, hooks)
  if (end.kind === 'ended') return end.outcome
  await tidy()
  const found =
    end.kind === 'cancelled' ? problem('JOB_CANCELLED', {}) : problem('INTERNAL', { detail: end.detail })
  return { ok: false, ...found } as Extract<T, { ok: false }>
}

async function emptyFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}

/** Beside this file in the sources; beside the bundle in a build. */
function workerScript(): URL {
  const name = import.meta.url.endsWith('.ts') ? 'archive-worker.ts' : 'archive-worker.mjs'
  return pathToFileURL(join(outsideArchive(import.meta.dirname), name))
}
