import type { Problem } from '../../shared/problem.ts'

/** What backup and restore need of the gateway whose state they copy or swap. */
export interface Supervised {
  /** A child of ours runs, or is about to. */
  isOurs(): boolean
  /** The owner wants it running. */
  isWanted(): boolean
  /**
   * Resolves once nothing of ours runs; nothing is started before `release`. Rejects with a ProblemError, and
   * is released, where a service runs it that would not stop.
   */
  hold(): Promise<void>
  /** Starts it again where the owner wants it running. */
  release(): void
  /** Who else's gateway is on our port, or null. Nothing is touched. */
  findOther(): Promise<Problem | null>
  /** After a release: null once it was seen running and well, else why it is not within `limitMs`. */
  proveHealth(limitMs: number): Promise<Problem | null>
}
