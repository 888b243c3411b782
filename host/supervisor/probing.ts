import type { Clock } from '../clock.ts'
import type { Liveness } from '../gateway-client/fetch-liveness.ts'
import type { SupervisorFigures } from './figures.ts'

interface Probing {
  readonly clock: Clock
  readonly figures: SupervisorFigures
  /** `starting`: at once and often, then rarer. `steady`: each two seconds. */
  readonly pace: 'starting' | 'steady'
  probe(): Promise<Liveness>
  found(liveness: Liveness): void
  /** The machine or this process slept for about `sleptMs`. */
  slept(sleptMs: number): void
}

/** For how long a start is looked at closely; most gateways are ready within it. */
const closeLookMs = 1_000

/** Probes one at a time until the returned function is called. */
export function startProbing({ clock, figures, pace, probe, found, slept }: Probing): () => void {
  const begun = clock.now().mono
  let delayMs = pace === 'starting' ? figures.probeFirstMs : figures.probeEveryMs
  let isOver = false
  let cancel = schedule()

  function schedule(): () => void {
    const from = clock.now()
    return clock.after(delayMs, () => {
      const to = clock.now()
      // Suspend moves the wall clock only; a stopped process finds both clocks ahead.
      const lateMs = Math.max(to.mono - from.mono, to.wall - from.wall) - delayMs
      if (lateMs > figures.sleepGapMs) slept(Math.round(lateMs))
      if (!isOver) void look()
    })
  }

  async function look(): Promise<void> {
    const liveness = await probe()
    if (isOver) return
    if (pace === 'starting' && clock.now().mono - begun > closeLookMs) {
      delayMs = Math.min(delayMs * 2, figures.probeSlowestMs)
    }
    cancel = schedule()
    found(liveness)
  }

  return () => {
    isOver = true
    cancel()
  }
}
