import { join } from 'node:path'
import { app } from 'electron'
import { claimHost } from '../host/claim-host.ts'
import { systemClock } from '../host/clock.ts'
import { whyHostDirFails } from '../host/host-paths.ts'
import { saySentence } from '../host/terminal.ts'
import { appFolder } from './app-folder.ts'
import { languageNow } from './language.ts'
import { listenForQuit } from './quit/listen-for-quit.ts'
import { QuitPath } from './quit/quit-path.ts'
import { beforeReady } from './start/before-ready.ts'
import type { HostOutcome, OpenDesktopHost } from './start/desktop-host.ts'
import { asksForWindow } from './start/second-start.ts'
import type { StartOptions } from './start/start-options.ts'
import type { Surfaces } from './surfaces.ts'
import { openTray } from './tray/tray.ts'
import type { TrayPage } from './tray/tray-model.ts'

/** The desktop application around the host that `openHost` opens. To be called while the main script loads. */
export function runDesktop(openHost: OpenDesktopHost): void {
  const options = beforeReady()
  // Not awaited at the top: Electron becomes ready only after its main script has been evaluated.
  if (options) void app.whenReady().then(() => start(options, openHost))
}

async function start(options: StartOptions, openHost: OpenDesktopHost): Promise<void> {
  let hosting: Promise<HostOutcome> | null = null
  let surfaces: Surfaces | null = null
  let release = async () => {}
  const quit = new QuitPath({
    app,
    clock: systemClock,
    async stop(killAfterMs) {
      const opened = await hosting // one that is still opening has started something, too
      if (opened?.ok) await Promise.all([opened.host.quit(killAfterMs), surfaces?.settle()])
      await release()
    },
  })
  listenForQuit(quit)

  const wanted: { page?: TrayPage | null } = {}
  const show = (page: TrayPage | null) => {
    if (surfaces) surfaces.show(page)
    else wanted.page = page
  }
  app.on('window-all-closed', () => {}) // with a listener, the application stays in the tray
  app.on('activate', () => show(null))
  app.on('second-instance', (_event, _args, _folder, data) => {
    if (asksForWindow(data)) show(null)
  })
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (reason !== 'clean-exit') saySentence(`A helper process of the window ended: ${type} (${reason}).`)
  })

  const claim = await claimHost(process.env)
  if (claim.kind !== 'primary') {
    const { leaveFailed, leaveToOther } = await import('./start/leave.ts')
    if (claim.kind === 'other') return leaveToOther(claim, options, quit)
    return leaveFailed(claim.problem, languageNow('system'))
  }
  release = claim.release
  if (quit.phase !== 'running') return release()

  const tray = openTray({
    iconsDir: join(appFolder(), 'icons'),
    model: { gateway: null, language: languageNow('system'), languageChoice: 'system', updateVersion: null },
    acts: {
      start: () => surfaces?.ask('gateway.start'),
      stop: () => surfaces?.ask('gateway.stop'),
      restart: () => surfaces?.ask('gateway.restart'),
      open: show,
      chooseLanguage: (language) => surfaces?.ask('settings.change', { language }),
      quit: () => quit.ask('asked'),
    },
    visibilityChanged: () => surfaces?.keepReachable(),
  })
  app.on('will-quit', () => tray.destroy())

  // Everything else is loaded now, while the tray can be seen already.
  hosting = openHost(claim.ground, options, quit).catch((error) => {
    const found = whyHostDirFails(error, claim.ground.hostPaths.hostDir)
    if (!found) throw error
    return { ok: false, problem: found }
  })
  const [{ openSurfaces }, opened] = await Promise.all([import('./surfaces.ts'), hosting])
  if (quit.phase !== 'running') return
  if (!opened.ok) {
    await release()
    const { leaveFailed } = await import('./start/leave.ts')
    return leaveFailed(opened.problem, languageNow('system'))
  }
  surfaces = await openSurfaces({ host: opened.host, tray, quit, mayOpen: options.open })
  if (wanted.page !== undefined) surfaces.show(wanted.page)
}
