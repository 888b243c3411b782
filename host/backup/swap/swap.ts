import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { type Problem, problem } from '../../../shared/problem.ts'
import { syncFolder, writeFileAtomically } from '../../files/atomic-write.ts'
import { staysInPlace } from '../archive/names.ts'
import { isOwnNote, isThere, keepConfig, moveEach, putConfig, returnConfig } from './moves.ts'
import {
  closeJournal,
  dropJournal,
  type JournalOf,
  type KeptNote,
  keptNoteName,
  keptPrefix,
  openJournal,
  readJournal,
  readKeptNote,
  tidyUp,
} from './swap-journal.ts'
import { type SwapPlaces, swapPlaces } from './swap-places.ts'

type Failed = { readonly ok: false } & Problem
export type StagingOutcome = { readonly ok: true; readonly folder: string } | Failed
export type SwapOutcome = { readonly ok: true; readonly keptAt: string } | Failed
export type BackOutcome = { readonly ok: true } | Failed
export type Recovered =
  | { readonly kind: 'none' }
  /** The state from before is in place again. */
  | { readonly kind: 'undone' }
  /** The new state is in place, and the one from before is kept. */
  | { readonly kind: 'finished'; readonly keptAt: string }
  /** Nothing was lost, and nothing may be started on it. */
  | { readonly kind: 'stuck'; readonly detail: string }

const keptPattern = /^\.moltbot-before-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/

/**
 * An empty folder (0700) in the state folder, which is made where it is missing, for what is to come in.
 * What an earlier restore left there is removed; call `recoverInterrupted` before.
 */
export async function prepareStaging(stateDir: string): Promise<StagingOutcome> {
  const { restore, staged, journal } = swapPlaces(stateDir)
  try {
    if (await isThere(journal)) {
      const detail = `${journal} is there`
      return { ok: false, ...problem('RESTORE_INTERRUPTED', { path: stateDir, detail }) }
    }
    await rm(restore, { recursive: true, force: true })
    await mkdir(staged, { recursive: true, mode: 0o700 })
    await syncFolder(restore)
    return { ok: true, folder: staged }
  } catch (error) {
    return failed(reasonOf(error), stateDir)
  }
}

/** Removes what `prepareStaging` has made, and what was unpacked there. A journal keeps it. */
export async function discardStaging(stateDir: string): Promise<void> {
  const { restore, journal } = swapPlaces(stateDir)
  if (!(await isThere(journal))) await rm(restore, { recursive: true, force: true })
}

/**
 * Puts the state that lies ready in the place of the present one, name by name, since the state folder
 * itself may be a mount or the target of a link. Nothing may write to the state meanwhile. `configPath`: the
 * live configuration of this machine, wherever it is. `replaces`: `all` moves everything else to the kept
 * state too, `listed` only what the backup has. A kill at any moment is for `recoverInterrupted`; a failure
 * is undone here.
 */
export async function swapIn(order: {
  readonly stateDir: string
  readonly configPath: string
  readonly replaces: 'all' | 'listed'
}): Promise<SwapOutcome> {
  const { stateDir, replaces } = order
  const places = swapPlaces(stateDir)
  try {
    const external = await layOutConfig(places, order.configPath)
    const put = await readdir(join(places.staged, 'state'))
    const present = (await readdir(stateDir)).filter((name) => !staysInPlace(name))
    const moved = replaces === 'all' ? present : present.filter((name) => put.includes(name))
    const kept = await freeKeptName(stateDir)
    const journal = { format: 1, way: 'in', kept, external, moved, put } as const
    await openJournal(places, journal)
    try {
      await bringIn(places, journal, replaces)
      await closeJournal(places)
    } catch (error) {
      return await afterFailure(places, journal, reasonOf(error))
    }
    await tidyUp(places).catch(() => {}) // at the next launch
    return { ok: true, keptAt: join(stateDir, kept) }
  } catch (error) {
    return failed(reasonOf(error), stateDir)
  }
}

/** Puts a kept state back in its place; what a restore had put there is removed. Nothing may write meanwhile. */
export async function swapBack(stateDir: string, keptAt: string): Promise<BackOutcome> {
  const places = swapPlaces(stateDir)
  try {
    if (dirname(keptAt) !== stateDir || !keptPattern.test(basename(keptAt))) {
      return failed('it is no kept state', keptAt)
    }
    if (await isThere(places.journal)) return failed('an earlier restore was cut off', keptAt)
    const note = await readKeptNote(keptAt)
    if (!note) return failed('it does not say what it was replaced by', keptAt)
    const present = (await readdir(stateDir)).filter((name) => !staysInPlace(name))
    const returned = (await readdir(keptAt)).filter((name) => !isOwnNote(name))
    const isNew = (name: string) => note.put.includes(name) || returned.includes(name)
    const removed = note.replaces === 'all' ? present : present.filter(isNew)
    const journal = {
      format: 1,
      way: 'back',
      kept: note.kept,
      external: note.external,
      removed,
      returned,
    } as const
    await openJournal(places, journal)
    await bringBack(places, journal)
    return { ok: true }
  } catch (error) {
    const detail = reasonOf(error)
    // With a journal the state may be half of each; the next launch goes on from there.
    if (!(await isThere(places.journal).catch(() => true))) return failed(detail, keptAt)
    return { ok: false, ...problem('RESTORE_INTERRUPTED', { path: stateDir, detail }) }
  }
}

/**
 * To be called before anything reads the state: finishes or undoes a swap that was cut off, at whatever
 * moment, so that the state is the old one or the new one as a whole.
 */
export async function recoverInterrupted(stateDir: string): Promise<Recovered> {
  const places = swapPlaces(stateDir)
  try {
    if (!(await isThere(places.restore))) return { kind: 'none' }
    const done = await readJournal(places.done)
    const journal = await readJournal(places.journal)
    if (journal?.way === 'in') {
      await undoSwapIn(places, journal)
      return { kind: 'undone' }
    }
    if (journal?.way === 'back') {
      await bringBack(places, journal)
      return { kind: 'undone' }
    }
    // Nothing was swapped, or all was: the rest is what was unpacked or taken out.
    await tidyUp(places)
    if (!done) return { kind: 'none' }
    return done.way === 'in' ? { kind: 'finished', keptAt: join(stateDir, done.kept) } : { kind: 'undone' }
  } catch (error) {
    return { kind: 'stuck', detail: reasonOf(error) }
  }
}

/** States that restores have put aside, newest first. `at`: wall clock, ms since 1970. */
export async function keptStates(
  stateDir: string,
): Promise<{ readonly path: string; readonly at: number }[]> {
  const names = (await readdir(stateDir).catch(() => [])).filter((name) => keptPattern.test(name))
  return names
    .sort()
    .reverse()
    .map((name) => ({ path: join(stateDir, name), at: momentOf(name) }))
}

async function bringIn(
  places: SwapPlaces,
  { kept, external, moved, put }: JournalOf<'in'>,
  replaces: KeptNote['replaces'],
): Promise<void> {
  const { stateDir, staged } = places
  const keptAt = join(stateDir, kept)
  await mkdir(keptAt, { mode: 0o700 })
  const note: KeptNote = { format: 1, kept, external, replaces, put: [...put] }
  await writeFileAtomically(join(keptAt, keptNoteName), JSON.stringify(note))
  if (external?.wasThere) await keepConfig(external.path, keptAt)
  await syncFolder(stateDir)
  await moveEach(moved, stateDir, keptAt, meanwhile(places, kept))
  await moveEach(put, join(staged, 'state'), stateDir, meanwhile(places, kept))
  if (external) await putConfig(join(staged, 'config/moltbot.json'), external.path)
}

/**
 * What has come in goes out first: a name that is still staged has not come in, so that the one in the
 * state folder is the former one.
 */
async function undoSwapIn(
  places: SwapPlaces,
  { kept, external, moved, put }: JournalOf<'in'>,
): Promise<void> {
  const { stateDir, staged } = places
  const keptAt = join(stateDir, kept)
  const stagedState = join(staged, 'state')
  const cameIn: string[] = []
  for (const name of put) {
    const isFormer = moved.includes(name) && !(await isThere(join(keptAt, name)))
    if (!isFormer && !(await isThere(join(stagedState, name)))) cameIn.push(name)
  }
  await moveEach(cameIn, stateDir, stagedState, meanwhile(places, kept))
  if (await isThere(keptAt)) {
    await moveEach(moved, keptAt, stateDir, meanwhile(places, kept))
    await returnConfig({ external }, keptAt)
    await dropKept(keptAt)
  }
  await dropJournal(places)
  await tidyUp(places).catch(() => {}) // at the next launch
}

async function afterFailure(places: SwapPlaces, journal: JournalOf<'in'>, detail: string): Promise<Failed> {
  const { stateDir } = places
  try {
    await undoSwapIn(places, journal)
    return failed(detail, stateDir)
  } catch (error) {
    const both = `${detail}; ${reasonOf(error)}`
    return { ok: false, ...problem('RESTORE_INTERRUPTED', { path: stateDir, detail: both }) }
  }
}

/** May be called again after a kill, as often as it takes. */
async function bringBack(places: SwapPlaces, journal: JournalOf<'back'>): Promise<void> {
  const { stateDir, discarded } = places
  const { kept, external, removed, returned } = journal
  const keptAt = join(stateDir, kept)
  await mkdir(discarded, { recursive: true, mode: 0o700 })
  // Once one has returned, all have been taken out, and the names are those of the former state.
  let isOut = !(await isThere(keptAt))
  for (const name of returned) isOut ||= !(await isThere(join(keptAt, name)))
  if (!isOut) await moveEach(removed, stateDir, discarded, meanwhile(places, kept))
  if (await isThere(keptAt)) {
    await moveEach(returned, keptAt, stateDir, meanwhile(places, kept))
    await returnConfig({ external }, keptAt)
    await dropKept(keptAt)
  }
  await closeJournal(places)
  await tidyUp(places)
}

/** Only notes of ours are left in it; what anybody else has put there keeps it. */
async function dropKept(keptAt: string): Promise<void> {
  for (const name of await readdir(keptAt)) if (isOwnNote(name)) await rm(join(keptAt, name))
  await rmdir(keptAt).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY') throw error
  })
  await syncFolder(dirname(keptAt))
}

/** What somebody has written while a swap was cut off, and what stood in the way of putting things right. */
function meanwhile({ stateDir }: SwapPlaces, kept: string): string {
  return join(stateDir, `${kept}-meanwhile`)
}

/**
 * The configuration of the backup goes where this machine has its own, inside of the state folder or not.
 * Returns the place outside; null where it is inside.
 */
async function layOutConfig({ stateDir, staged }: SwapPlaces, configPath: string) {
  const apart = join(staged, 'config/moltbot.json')
  const within = relative(stateDir, configPath)
  const isInside = within !== '..' && !within.startsWith(`..${sep}`)
  if (isInside) {
    if (!(await isThere(apart))) return null
    const inside = join(staged, 'state', within)
    await mkdir(dirname(inside), { recursive: true, mode: 0o700 })
    await rename(apart, inside)
    await syncFolder(dirname(inside))
    return null
  }
  for (const name of ['moltbot.json', 'clawdbot.json']) {
    if (await isThere(apart)) break
    const inside = join(staged, 'state', name)
    if (!(await isThere(inside))) continue
    await mkdir(dirname(apart), { recursive: true, mode: 0o700 })
    await rename(inside, apart)
  }
  if (!(await isThere(apart))) return null
  const wasThere = await stat(configPath).then(
    () => true,
    () => false,
  )
  return { path: configPath, wasThere }
}

async function freeKeptName(stateDir: string): Promise<string> {
  for (let at = Date.now(); ; at += 1000) {
    const date = new Date(at)
    const two = (value: number) => String(value).padStart(2, '0')
    const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`
    const name = `${keptPrefix}${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`
    if (!(await isThere(join(stateDir, name)))) return name
  }
}

function momentOf(name: string): number {
  const [, year, month, day, hours, minutes, seconds] = keptPattern.exec(name)?.map(Number) ?? []
  return new Date(year ?? 0, (month ?? 1) - 1, day, hours, minutes, seconds).getTime()
}

function reasonOf(error: unknown): string {
  const { code, syscall, path } = error as NodeJS.ErrnoException
  if (code) return [syscall, path, code].filter(Boolean).join(' ')
  return error instanceof Error ? error.message : String(error)
}

function failed(detail: string, keptAt: string): Failed {
  return { ok: false, ...problem('RESTORE_FAILED', { detail, keptAt }) }
}
