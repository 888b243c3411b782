export interface EndRequest {
  /** Aborted once somebody wants this command to end. */
  readonly asked: AbortSignal
  /** From then on the signals do what they always do. */
  stop(): void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Ctrl-C, a `kill` or a closed terminal become a request: what is under way is cancelled, or awaited where it
 * cannot be, and tidied.
 */
export function listenForEnd(): EndRequest {
  const request = new AbortController()
  const ask = () => request.abort()
  for (const signal of signals) process.on(signal, ask)
  return {
    asked: request.signal,
    stop() {
      for (const signal of signals) process.off(signal, ask)
    },
  }
}
