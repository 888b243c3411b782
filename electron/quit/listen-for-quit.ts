import { app, powerMonitor } from 'electron'
import type { QuitPath } from './quit-path.ts'

/** Leads every way to quit into the one path. Only after Electron is ready: it sets its own signal handlers. */
export function listenForQuit(quit: QuitPath): void {
  app.on('before-quit', (event) => quit.hold(event))
  // A terminal's Ctrl-C may arrive twice; Electron's own handler would let the second one kill at once.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => quit.ask('signal'))
  // The typings know no argument, but there is one, and preventing it buys the time to stop in order.
  powerMonitor.on('shutdown', (...given: unknown[]) => {
    const [event] = given
    if (isPreventable(event)) event.preventDefault()
    quit.ask('shutdown')
  })
}

function isPreventable(event: unknown): event is { preventDefault(): void } {
  return (
    typeof event === 'object' &&
    event !== null &&
    'preventDefault' in event &&
    typeof event.preventDefault === 'function'
  )
}
