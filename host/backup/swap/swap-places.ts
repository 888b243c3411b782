import { join } from 'node:path'

/** One folder in the state folder, so that every move stays within one file system. */
export const restoreFolderName = '.moltbot-restore'

export interface SwapPlaces {
  readonly stateDir: string
  readonly restore: string
  /** What is to come in: `state/`, perhaps `config/`. */
  readonly staged: string
  /** What a way back has taken out. */
  readonly discarded: string
  readonly journal: string
  /** The journal of a swap that is through, until its rest is tidied away. */
  readonly done: string
}

export function swapPlaces(stateDir: string): SwapPlaces {
  const restore = join(stateDir, restoreFolderName)
  return {
    stateDir,
    restore,
    staged: join(restore, 'new'),
    discarded: join(restore, 'discarded'),
    journal: join(restore, 'journal.json'),
    done: join(restore, 'done.json'),
  }
}
