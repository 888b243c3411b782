import { join } from 'node:path'
import { app, ipcMain, nativeTheme, session } from 'electron'
import { pageRoot } from '../host/browser-page.ts'
import { systemClock } from '../host/clock.ts'
import { sayProblem } from '../host/terminal.ts'
import { openCaller } from '../host/transports/caller.ts'
import { answer } from '../host/transports/contract-server.ts'
import type { HostCall } from '../shared/host-api.ts'
import { defaultSettings, type Settings } from '../shared/settings.ts'
import { version } from '../shared/version.ts'
import { textsIn } from '../shared/wording/texts.ts'
import { appFolder } from './app-folder.ts'
import { guard } from './guards/guards.ts'
import { watchHost } from './host-watch.ts'
import { serveWindow } from './ipc/serve-window.ts'
import { languageNow } from './language.ts'
import { openApplicationMenu } from './menu/application-menu.ts'
import { startNotices } from './notifications/notices.ts'
import { updateVersionOf } from './notifications/update-policy.ts'
import { servePage } from './page-scheme.ts'
import type { QuitPath } from './quit/quit-path.ts'
import { markReady } from './ready-mark.ts'
import type { DesktopHost } from './start/desktop-host.ts'
import type { OpenTray } from './tray/tray.ts'
import type { TrayPage } from './tray/tray-model.ts'
import { DesktopWindow } from './window/desktop-window.ts'
import { openPlaceMemory } from './window/place-memory.ts'

/** A panel may come up, or be started again, a little after us. */
const trayGraceMs = 3_000

interface SurfacesParts {
  readonly host: DesktopHost
  readonly tray: OpenTray
  readonly quit: QuitPath
  /** The window may open by itself, where the owner's settings say so too. */
  readonly mayOpen: boolean
}

/** All that shows the host on this desktop. */
export interface Surfaces {
  show(page: TrayPage | null): void
  /** Makes a call of the contract, as the window would. */
  ask(call: HostCall, ...args: readonly unknown[]): void
  /** Opens the window where, after a moment, the tray cannot be seen. */
  keepReachable(): void
  /** Writes what is still to be written. */
  settle(): Promise<void>
}

/** Opens window, menu and notifications over the host, joins the tray to it, and has it begin. */
export async function openSurfaces({ host, tray, quit, mayOpen }: SurfacesParts): Promise<Surfaces> {
  let language = languageNow('system')
  let settings: Settings = defaultSettings
  const isQuitting = () => quit.phase !== 'running'
  const shell = openCaller('window')
  const show = (page: TrayPage | null) => {
    if (!isQuitting()) window.show(page)
  }

  guard(session.defaultSession)
  servePage(session.defaultSession.protocol, pageRoot())
  const memory = await openPlaceMemory(join(app.getPath('userData'), 'window-state.json'), systemClock)
  const window = new DesktopWindow({
    clock: systemClock,
    contract: serveWindow(ipcMain, host),
    memory,
    appDir: appFolder(),
    texts: () => textsIn(language),
    isQuitting,
    isTrayVisible: tray.isVisible,
    revealed: () => markReady(process.env),
  })
  const menu = openApplicationMenu()
  app.setAboutPanelOptions({ applicationName: app.name, applicationVersion: version })
  const notices = startNotices({
    clock: systemClock,
    isOn: () => settings.notifications,
    language: () => language,
    clicked: show,
  })
  app.on('will-quit', () => notices.stop())

  await watchHost(host, (news) => {
    settings = news.settings.settings
    language = languageNow(settings.language)
    if (nativeTheme.themeSource !== settings.theme) nativeTheme.themeSource = settings.theme
    menu.speak(language)
    tray.show({
      gateway: news.gateway,
      language,
      languageChoice: settings.language,
      updateVersion: updateVersionOf(news.updates),
    })
    notices.changed(news.gateway)
    notices.jobsChanged(news.jobs)
    notices.backupsChanged(news.backups)
    notices.updatesChanged(news.updates)
  })
  if (!isQuitting()) host.begin()

  const keepReachable = () => {
    systemClock.after(trayGraceMs, () => {
      if (!tray.isVisible() && !window.isOpen) show(null)
    })
  }
  if (mayOpen && settings.openAtStart && !wasOpenedAtLogin()) show('overview')
  else {
    markReady(process.env)
    keepReachable()
  }
  return {
    show,
    ask(call, ...args) {
      // How it went shows in the state that comes back; what was refused is for the log.
      void answer(host.handlers, shell, call, args).then((outcome) => {
        if (!outcome.ok) void sayProblem(outcome)
      })
    },
    keepReachable,
    settle: () => memory.flush(),
  }
}

/** Linux has no such answer: there, the entry that starts us at login says `--no-open`. */
function wasOpenedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}
