import type { BrowserWindow } from 'electron'
import type { Clock } from '../../host/clock.ts'

/** On Wayland `ready-to-show` may never come to a hidden window (electron issue 48859). */
const revealAfterMs = 2_000

/** Calls `show` once, when there is something to see. */
export function revealWhenReady(
  window: Pick<BrowserWindow, 'once' | 'isDestroyed'> & {
    readonly webContents: Pick<BrowserWindow['webContents'], 'once'>
  },
  clock: Pick<Clock, 'after'>,
  show: () => void,
): void {
  let isShown = false
  const reveal = () => {
    cancel()
    if (isShown || window.isDestroyed()) return
    isShown = true
    show()
  }
  const cancel = clock.after(revealAfterMs, reveal)
  window.once('ready-to-show', reveal)
  window.webContents.once('did-finish-load', reveal)
  window.once('closed', cancel)
}
