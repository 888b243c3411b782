import type { Caller, Surface } from '../../shared/host-api.ts'

/** A caller as the transport holds it, which alone can tell that it has gone. */
export interface OpenCaller extends Caller {
  /** The connection has ended. A second time changes nothing. */
  leave(): void
}

let callers = 0

/** Makes a connection known to the handlers it calls. */
export function openCaller(surface: Surface): OpenCaller {
  callers += 1
  const waiting: (() => void)[] = []
  let isGone = false
  return {
    surface,
    client: `${surface}-${callers}`,
    isGone: () => isGone,
    whenGone(act) {
      if (isGone) act()
      else waiting.push(act)
    },
    leave() {
      isGone = true
      for (const act of waiting.splice(0)) act()
    },
  }
}
