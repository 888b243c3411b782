/**
 * Resolves with the first SIGTERM or SIGINT. Later ones change nothing: a shutdown in order is under
 * way, and an impatient sender has SIGKILL.
 */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal))
  })
}
