/** Nothing was heard for the time allowed. */
export class StalledError extends Error {
  readonly seconds: number
  constructor(stallMs: number) {
    super(`Nothing was heard for ${stallMs} ms`)
    this.name = 'StalledError'
    this.seconds = Math.round(stallMs / 1000)
  }
}

/**
 * Runs `work` for as long as it says every `stallMs` that it has `heard` something; else its signal is
 * aborted, and the outcome is a {@link StalledError}.
 */
export async function whileHeard<T>(
  stallMs: number,
  interrupted: AbortSignal,
  work: (signal: AbortSignal, heard: () => void) => Promise<T>,
): Promise<T> {
  const stalled = new AbortController()
  const stall = () => stalled.abort(new StalledError(stallMs))
  let timer = setTimeout(stall, stallMs)
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(stall, stallMs)
  }
  const signal = AbortSignal.any([stalled.signal, interrupted])
  try {
    return await work(signal, heard)
  } catch (error) {
    // Libraries wrap the reason in errors of their own.
    if (signal.aborted) throw signal.reason
    throw error
  } finally {
    clearTimeout(timer)
  }
}
