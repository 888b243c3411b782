import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import type { Clock } from '../../host/clock.ts'
import { saySentence } from '../../host/terminal.ts'
import type { Texts } from '../../shared/wording/texts.ts'
import type { WindowContract } from '../ipc/serve-window.ts'
import { addressOf } from '../page-address.ts'
import type { TrayPage } from '../tray/tray-model.ts'
import type { PlaceMemory } from './place-memory.ts'
import { recoverPage } from './recover.ts'
import { revealWhenReady } from './reveal.ts'
import { fitInto, smallest } from './window-place.ts'

/** `--page` of the user interface, so that no other colour flashes up before the page is there. */
const background = { light: '#ffffff', dark: '#1a1a1d' } as const

interface WindowParts {
  readonly clock: Clock
  readonly contract: WindowContract
  readonly memory: PlaceMemory
  /** Folder of the preload script and of `icons/`. */
  readonly appDir: string
  texts(): Texts
  isQuitting(): boolean
  /** Whether the window can be had back by the tray. */
  isTrayVisible(): boolean
  /** The page has come and can be seen. */
  revealed(): void
}

/** The one window: made when it is wanted, gone with all its memory when it is closed. */
export class DesktopWindow {
  readonly #parts: WindowParts
  #window: BrowserWindow | null = null

  constructor(parts: WindowParts) {
    this.#parts = parts
    nativeTheme.on('updated', () => this.#window?.setBackgroundColor(backgroundNow()))
  }

  get isOpen(): boolean {
    return this.#window !== null
  }

  /** Brings the window up, with `page` in it, or with what it showed before. */
  show(page: TrayPage | null): void {
    const window = this.#window
    if (!window) return this.#open(page ?? 'overview')
    if (page) this.#load(window, page)
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  #open(page: TrayPage): void {
    const { appDir, clock, contract, memory, isQuitting, isTrayVisible, revealed } = this.#parts
    const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea)
    const window = new BrowserWindow({
      ...fitInto(displays, memory.place),
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: app.name,
      backgroundColor: backgroundNow(),
      autoHideMenuBar: true,
      ...(process.platform === 'linux' && { icon: join(appDir, 'icons', 'app', 'moltbot-256.png') }),
      webPreferences: {
        preload: join(appDir, 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    })
    this.#window = window
    contract.admit(window.webContents)
    recoverPage(window, this.#parts)
    const wasMaximized = memory.place?.isMaximized ?? false // before what the window says of itself while it opens
    revealWhenReady(window, clock, () => {
      if (wasMaximized) window.maximize()
      window.show()
      revealed()
    })

    const remember = () => {
      if (window.isDestroyed() || window.isMinimized()) return
      memory.keep({ ...window.getNormalBounds(), isMaximized: window.isMaximized() })
    }
    // Not by one list of names: each is an overload of its own in the typings.
    window.on('resize', remember)
    window.on('move', remember)
    window.on('maximize', remember)
    window.on('unmaximize', remember)
    window.on('close', (event) => {
      remember()
      if (isQuitting() || isTrayVisible()) return
      event.preventDefault() // no tray to come back by: it stays within reach
      window.minimize()
    })
    window.on('closed', () => {
      this.#window = null
      void memory.flush()
    })
    this.#load(window, page)
  }

  #load(window: BrowserWindow, page: TrayPage): void {
    const address = addressOf(page)
    // The same address again would load the page anew.
    if (window.webContents.getURL() === address) return
    window.loadURL(address).catch((error: Error) => {
      // A further address, or the end of the window, breaks off the one under way.
      if (!window.isDestroyed() && (error as NodeJS.ErrnoException).code !== 'ERR_ABORTED') {
        saySentence(`The window could not load its page: ${error.message}`)
      }
    })
  }
}

function backgroundNow(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light
}
