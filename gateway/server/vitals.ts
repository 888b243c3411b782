export interface Vitals {
  readonly version: string
  uptimeMs(): number
  /** Why no work is taken any more; null while all is well. */
  closingBecause(): string | null
  beginClosing(reason: string): void
}

/** What the process knows of itself: one source for `/health` and for the protocol's `health`. */
export function createVitals(version: string): Vitals {
  let reason: string | null = null
  return {
    version,
    uptimeMs: () => Math.round(performance.now()),
    closingBecause: () => reason,
    beginClosing(because) {
      reason ??= because
    },
  }
}
