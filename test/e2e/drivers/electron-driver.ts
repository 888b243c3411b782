import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import type {
  Bounds,
  DesktopDriver,
  DesktopNotification,
  DesktopStart,
  DesktopTray,
  QuitBy,
} from './desktop-driver.ts'
import type { Recorded } from './recorded-electron.ts'

const root = resolve(import.meta.dirname, '../../..')
const recordingMain = resolve(import.meta.dirname, 'recording-main.mjs')
const runtime = resolve(
  root,
  'node_modules/electron/dist',
  process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron',
)

/** Why specs cannot run in Electron itself here; null where they can. */
export function missingElectron(): string | null {
  return existsSync(runtime) ? null : 'the Electron runtime is missing: npx install-electron downloads it'
}

/** The application in Electron itself, by Playwright. Tray and notifications are told by what recording-main keeps. */
export class ElectronDriver implements DesktopDriver {
  readonly exited: Promise<number | string>
  readonly #app: ElectronApplication
  #output = ''

  private constructor(app: ElectronApplication) {
    this.#app = app
    const child = app.process()
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        this.#output += chunk
      })
    }
    this.exited = new Promise((done) => child.once('close', (code, signal) => done(signal ?? code ?? -1)))
  }

  static async start({ env, main, args = [], language, scheme }: DesktopStart): Promise<ElectronDriver> {
    const app = await _electron.launch({
      executablePath: runtime,
      args: [recordingMain, ...args, `--lang=${language === 'zh' ? 'zh-CN' : 'en-GB'}`],
      env: {
        ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? ''])),
        DISPLAY: process.env.DISPLAY ?? '',
        ...(process.env.XAUTHORITY && { XAUTHORITY: process.env.XAUTHORITY }),
        LANGUAGE: language === 'zh' ? 'zh_CN' : 'en_GB',
        MOLTBOT_RECORDED_MAIN: main ?? resolve(root, 'dist/app/desktop.mjs'),
      },
      colorScheme: scheme ?? null,
      // Otherwise Playwright adds --no-sandbox on Linux, against the application's own sandbox.
      chromiumSandbox: true,
    })
    return new ElectronDriver(app)
  }

  get pid(): number {
    return this.#app.process().pid ?? 0
  }
  output(): string {
    return this.#output
  }
  tray(): Promise<DesktopTray | null> {
    return this.#app.evaluate(() => {
      const { tray, menu, tooltip } = (globalThis as unknown as Recorded).recorded
      if (!tray || tray.isDestroyed()) return null
      type Item = Electron.MenuItem
      const shown = (items: readonly Item[]): DesktopTray['menu'] =>
        items
          .filter(({ visible }) => visible)
          .map(({ type, id, label, role, enabled, checked, accelerator, submenu }) => ({
            type,
            id,
            label,
            role: String(role ?? ''),
            enabled,
            checked,
            accelerator: String(accelerator ?? ''),
            submenu: shown(submenu?.items ?? []),
          }))
      return { tooltip, menu: shown(menu?.items ?? []) }
    })
  }
  async clickTray(...path: string[]): Promise<void> {
    await this.#app.evaluate((_electron, names) => {
      let items = (globalThis as unknown as Recorded).recorded.menu?.items ?? []
      for (const [index, name] of names.entries()) {
        const item = items.find(({ id, label, role }) => [id, label, role].includes(name))
        if (!item) throw new Error(`no such line: ${name}`)
        if (index === names.length - 1) item.click()
        items = item.submenu?.items ?? []
      }
    }, path)
  }
  notifications(): Promise<readonly DesktopNotification[]> {
    return this.#app.evaluate(() =>
      (globalThis as unknown as Recorded).recorded.notifications.map(({ title, body }) => ({ title, body })),
    )
  }
  async clickNotification(index: number): Promise<void> {
    await this.#app.evaluate((_electron, at) => {
      ;(globalThis as unknown as Recorded).recorded.notifications[at]?.emit('click')
    }, index)
  }
  isWindowOpen(): Promise<boolean> {
    return this.#app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length > 0)
  }
  async page(): Promise<Page> {
    return this.#app.firstWindow()
  }
  bounds(): Promise<Bounds> {
    return this.#app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      if (!window) throw new Error('there is no window')
      return window.getNormalBounds()
    })
  }
  async moveWindow(bounds: Bounds): Promise<void> {
    await this.#app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
      bounds,
    )
  }
  async closeWindow(): Promise<void> {
    await this.#app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  }
  async quit(how: QuitBy): Promise<void> {
    if (how === 'tray') return this.clickTray('quit')
    if (how === 'signal') return void process.kill(this.pid, 'SIGTERM')
    await this.#app.evaluate(({ powerMonitor }) => {
      // The typings know no argument of this event; the runtime passes one.
      const { emit } = powerMonitor as unknown as NodeJS.EventEmitter
      emit.call(powerMonitor, 'shutdown', { preventDefault: () => {} })
    })
  }
  /** Ends it if it has not ended. */
  async end(): Promise<void> {
    const { exitCode, signalCode } = this.#app.process()
    if (exitCode === null && signalCode === null) await this.#app.close()
    await this.exited
  }
}
