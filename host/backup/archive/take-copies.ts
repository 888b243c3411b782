import { setTimeout as wait } from 'node:timers/promises'
import type { Consistency, SkippedFile } from '../../../shared/backup-results.ts'
import type { WorkHooks } from './archive-contract.ts'
import type { StateCopies } from './state-copies.ts'
import type { StateListing } from './walk-state.ts'

interface TakeOrder {
  readonly copies: StateCopies
  /** Lists the state as it is now. */
  list(): StateListing
  readonly hooks: WorkHooks
}

export interface TakenState {
  readonly consistency: Consistency
  readonly listing: StateListing
  readonly skipped: SkippedFile[]
}

/** After a look without a change, the next must see none either; a gateway at work writes sooner than that. */
const secondLookMs = 250
const maxTries = 5
const settleLimitMs = 5_000
const maxTriesAFile = 20

/**
 * Copies all files so that the copies belong together. Each was taken before a look at the whole state that
 * sees no change, hence all of them are as the files were when that look began. Where that does not come
 * about, the gateway is paused for a last round, since what it writes may belong together over files.
 */
export async function takeCopies({ copies, list, hooks }: TakeOrder): Promise<TakenState> {
  let listing = list()
  let unreadable = new Set<string>()
  let torn = 0
  let done = 0
  takeAll('copying')
  if (await comesToRest()) return taken('quiet')

  if (await hooks.pause()) {
    // Somebody else may write as well; what they tear is taken again.
    for (let tries = 0; tries < maxTries; tries++) {
      round()
      if (torn === 0) break
    }
    hooks.resume()
    return taken('paused')
  }
  hooks.resume()
  listing = list()
  const lost = await takeEachWhole()
  const moving = taken('moving')
  return { ...moving, skipped: [...moving.skipped, ...lost] }

  function taken(consistency: Consistency): TakenState {
    const skipped = [...unreadable].map((name) => ({ path: shown(name), why: 'unreadable' as const }))
    return { consistency, listing, skipped: [...listing.skipped, ...skipped] }
  }

  async function comesToRest(): Promise<boolean> {
    const since = performance.now()
    for (let tries = 0; tries < maxTries && performance.now() - since < settleLimitMs; tries++) {
      if (round() > 0) {
        await wait(secondLookMs / 5)
        continue
      }
      await wait(secondLookMs)
      if (round() === 0) return true
    }
    return false
  }

  /** Returns how many files have changed since their copies were taken. */
  function round(): number {
    listing = list()
    let changes = 0
    for (const name of [...copies.held.keys()]) {
      if (listing.files.has(name)) continue
      copies.drop(name, null)
      changes += 1
    }
    return changes + takeAll('settling')
  }

  function takeAll(step: 'copying' | 'settling'): number {
    const before = unreadable
    unreadable = new Set()
    torn = 0
    const due = [...listing.files].filter(([name, file]) => !copies.isCurrent(name, file))
    const total = due.reduce((sum, [, { size }]) => sum + size, 0)
    let changes = 0
    for (const [name, file] of due) {
      hooks.progress({ step, done, total: step === 'copying' ? total : null })
      const how = copies.take(name, file)
      done += file.size
      if (how === 'torn') torn += 1
      if (how === 'unreadable') unreadable.add(name)
      if (how !== 'unreadable' || !before.has(name)) changes += 1
    }
    return changes
  }

  /** Not all of one moment, but each as its writer left it, at some moment. */
  async function takeEachWhole(): Promise<SkippedFile[]> {
    const lost: SkippedFile[] = []
    for (const name of [...copies.held.keys()]) if (!listing.files.has(name)) copies.drop(name, null)
    for (const [name, file] of listing.files) {
      const isLines = name.endsWith('.jsonl')
      if (unreadable.has(name) || (!isLines && copies.isCurrent(name, file))) continue
      hooks.progress({ step: 'settling', done, total: null })
      for (let tries = 1; ; tries++) {
        const how = copies.take(name, file, isLines)
        // Lines are only ever added: those before the size that was seen are whole.
        if (how === 'taken' || (how === 'torn' && isLines)) break
        if (how === 'torn' && tries < maxTriesAFile) {
          await wait(5)
          continue
        }
        copies.drop(name, null)
        lost.push({ path: shown(name), why: how === 'gone' ? 'vanished' : 'unreadable' })
        break
      }
    }
    return lost
  }
}

function shown(name: string): string {
  return name.startsWith('state/') ? name.slice('state/'.length) : name
}
