import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ProblemError } from '../../../shared/problem.ts'
import { copyFile } from './copy-file.ts'
import { type ListedFile, signatureOf } from './walk-state.ts'

export interface HeldCopy {
  /** Where the copy lies. */
  readonly at: string
  readonly size: number
  readonly sha256: string
  /** Wall clock, ms since 1970. */
  readonly mtimeMs: number
  readonly isExecutable: boolean
  /** Of the source. */
  readonly signature: string
  /** Nothing wrote to the source while it was copied, nor could have done so unseen. */
  readonly isSettled: boolean
}

export type Taken = 'taken' | 'torn' | 'gone' | 'unreadable'

/**
 * Clocks of file systems tick every few ms: a second write within the tick of the first does not show.
 * A copy that is taken sooner after a write than this may lack that second one, and is taken again.
 */
const tickMs = 50
const filesAFolder = 1000

/** Copies of files of the state in a folder of ours, each with its hash. */
export class StateCopies {
  readonly #folder: string
  readonly #held = new Map<string, HeldCopy>()
  #count = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  get held(): ReadonlyMap<string, HeldCopy> {
    return this.#held
  }

  /** Whether the copy is of the file as it is listed now. */
  isCurrent(name: string, { signature }: ListedFile): boolean {
    const copy = this.#held.get(name)
    return copy?.isSettled === true && copy.signature === signature
  }

  /** `torn`: something wrote meanwhile; the copy is kept all the same. Throws BACKUP_WRITE_FAILED. */
  take(name: string, { path, isFollowed }: ListedFile, wholeLines = false): Taken {
    const at = this.#held.get(name)?.at ?? this.#newPlace()
    const startedAt = Date.now()
    try {
      const copied = copyFile(path, isFollowed, at, wholeLines)
      if (!copied) return this.drop(name, 'gone')
      const { before, after, size, sha256 } = copied
      const isWhole =
        signatureOf(before) === signatureOf(after) && (wholeLines || size === Number(before.size))
      // A time in the future says that the clock was set, and nothing about writes.
      const age = startedAt - Number(before.ctimeMs)
      this.#held.set(name, {
        at,
        size,
        sha256,
        mtimeMs: Number(before.mtimeMs),
        isExecutable: (before.mode & 0o100n) !== 0n,
        signature: signatureOf(before),
        isSettled: isWhole && (age >= tickMs || age < -1000),
      })
      // Replaced or removed by name while it was open: what was read is whole, and of the former file.
      const isTorn = before.size !== after.size || before.mtimeNs !== after.mtimeNs
      return isTorn ? 'torn' : 'taken'
    } catch (error) {
      if (error instanceof ProblemError) throw error
      const { code } = error as NodeJS.ErrnoException
      // ELOOP, ENXIO: a link or a socket stands in its place by now.
      const isGone = code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENXIO'
      return this.drop(name, isGone ? 'gone' : 'unreadable')
    }
  }

  drop<T>(name: string, why: T): T {
    const copy = this.#held.get(name)
    if (copy) rmSync(copy.at, { force: true })
    this.#held.delete(name)
    return why
  }

  #newPlace(): string {
    const folder = join(this.#folder, String(Math.floor(this.#count / filesAFolder)))
    if (this.#count % filesAFolder === 0) mkdirSync(folder, { mode: 0o700 })
    this.#count += 1
    return join(folder, String(this.#count))
  }
}
