import { type BrowserWindow, dialog } from 'electron'
import type { Clock } from '../../host/clock.ts'
import { saySentence } from '../../host/terminal.ts'
import type { Texts } from '../../shared/wording/texts.ts'
import { reloadDelays } from './reload-delay.ts'

interface RecoverParts {
  readonly clock: Clock
  texts(): Texts
  isQuitting(): boolean
}

/** Loads a page again that has crashed, and asks what to do with one that hangs. */
export function recoverPage(window: BrowserWindow, { clock, texts, isQuitting }: RecoverParts): void {
  const { webContents } = window
  const delayAt = reloadDelays()
  let asking: AbortController | null = null
  let cancelReload = () => {}
  const stopAsking = () => {
    asking?.abort()
    asking = null
  }

  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    stopAsking()
    if (reason === 'clean-exit' || isQuitting()) return
    saySentence(`The window's page ended (${reason}, ${exitCode}) and is loaded again.`)
    cancelReload()
    cancelReload = clock.after(delayAt(clock.now().mono), () => {
      if (!window.isDestroyed()) webContents.reload()
    })
  })

  // Without it the page finds no host, and nothing else says why.
  webContents.on('preload-error', (_event, _path, error) => {
    saySentence(`The window's preload script failed: ${error.message}`)
  })

  window.on('unresponsive', () => {
    if (asking || isQuitting()) return
    const mine = new AbortController()
    asking = mine
    const t = texts()
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        message: t('window.unresponsive.message'),
        detail: t('window.unresponsive.detail'),
        buttons: [t('window.unresponsive.wait'), t('window.unresponsive.reload')],
        defaultId: 0,
        cancelId: 0,
        signal: mine.signal,
      })
      .then(({ response }) => {
        if (asking === mine) asking = null
        // `render-process-gone` follows, and loads it again.
        if (response === 1 && !mine.signal.aborted && !window.isDestroyed())
          webContents.forcefullyCrashRenderer()
      })
  })
  window.on('responsive', stopAsking)
  window.on('closed', () => {
    stopAsking()
    cancelReload()
  })
}
