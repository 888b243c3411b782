import { setTimeout as delay } from 'node:timers/promises'
import type { SessionState } from '../sessions/session-state.ts'
import { nothingKnown, type StateHealth, type StateHealthKeeper } from './state-health.ts'

const freshMs = 60_000
/** Thousands of sessions take longer to read; who asks for health has an answer all the same. */
const waitMs = 40

/**
 * Keeps what `health` says of the state folder, so that its answer waits for no disk. `state` is asked at each look:
 * after a change of the configuration, what was found before counts as old.
 */
export function keepStateHealth(state: () => SessionState): StateHealthKeeper {
  let kept = nothingKnown
  let begunAt = Number.NEGATIVE_INFINITY
  let config: SessionState['config'] | null = null
  let looking: Promise<StateHealth> | null = null

  const isOld = () => performance.now() - begunAt > freshMs || state().config !== config

  function begin(): Promise<StateHealth> {
    const current = state()
    begunAt = performance.now()
    config = current.config
    // Loaded with the first look: the start of the gateway has no use for it.
    const look = import('./read-state-health.ts')
      .then(({ readStateHealth }) => readStateHealth(current))
      .then((found) => {
        kept = found
        return found
      })
      .catch(() => kept) // the next look may find more
      .finally(() => {
        looking = null
      })
    looking = look
    return look
  }

  /** One that looks at another configuration than today's is followed by the next. */
  function look(): Promise<StateHealth> {
    if (!looking) return begin()
    return state().config === config ? looking : looking.then(look)
  }

  return {
    look,
    known() {
      if (isOld() && !looking) void begin()
      return kept
    },
    current() {
      if (!isOld() && !(looking && kept === nothingKnown)) return kept
      return Promise.race([look(), delay(waitMs, undefined, { ref: false }).then(() => kept)])
    },
  }
}
