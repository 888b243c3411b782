/** What was seen at one check of a package. */
export interface Finding {
  readonly check: string
  /** What was looked at, in a few words. */
  readonly facts: string
  /** What is wrong; empty: nothing. */
  readonly wrong: readonly string[]
}
