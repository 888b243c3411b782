import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Controls } from '../../fixtures/electron-stand-in/controls.ts'
import type { Told } from '../../fixtures/electron-stand-in/serve-controls.ts'
import { until } from '../../fixtures/host-under-test.ts'
import type { Bounds, DesktopDriver, DesktopStart, QuitBy } from './desktop-driver.ts'

const root = resolve(import.meta.dirname, '../../..')
const runner = resolve(root, 'test/fixtures/electron-stand-in/run.ts')
const builtMain = resolve(root, 'dist/app/desktop.mjs')

/** The application in the Electron stand-in. */
export class StandInDriver implements DesktopDriver {
  readonly pid: number
  readonly exited: Promise<number | string>
  /** Script errors and refused content of its pages. */
  readonly faults: string[] = []
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (told: Told) => void>()
  #output = ''
  #lastId = 0
  #browser: Browser | null = null

  private constructor(child: ChildProcess) {
    this.#child = child
    this.pid = child.pid ?? 0
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        this.#output += chunk
      })
    }
    child.on('message', (message: Told | { fault: string }) => {
      if ('fault' in message) return this.faults.push(message.fault)
      this.#waiting.get(message.id)?.(message)
      return this.#waiting.delete(message.id)
    })
    this.exited = new Promise((done) => {
      child.once('close', (code, signal) => {
        for (const tell of this.#waiting.values())
          tell({ id: 0, ok: false, message: 'the application has ended' })
        done(signal ?? code ?? -1)
      })
    })
  }

  static start({ env, main = builtMain, args = [], language, scheme }: DesktopStart): StandInDriver {
    const child = spawn(process.execPath, [runner, main, ...args], {
      env: {
        ...env,
        STAND_IN_LOCALE: language === 'zh' ? 'zh-CN' : 'en-GB',
        STAND_IN_DARK: scheme === 'dark' ? '1' : '0',
        // Each spec starts the same program anew.
        NODE_COMPILE_CACHE: resolve(root, 'node_modules/.cache/stand-in'),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    })
    return new StandInDriver(child)
  }

  /** What only the stand-in can do, by its own table. */
  async ask<K extends keyof Controls>(
    name: K,
    ...args: Parameters<Controls[K]>
  ): Promise<Awaited<ReturnType<Controls[K]>>> {
    this.#lastId += 1
    const id = this.#lastId
    const told = await new Promise<Told>((resolve) => {
      this.#waiting.set(id, resolve)
      if (this.#child.connected) this.#child.send({ id, name, args })
      else resolve({ id, ok: false, message: 'the application has ended' })
    })
    if (!told.ok) throw new Error(`${name}: ${told.message}\n${this.#output}`)
    // The other side is typed by the same table.
    return told.value as Awaited<ReturnType<Controls[K]>>
  }

  output(): string {
    return this.#output
  }
  async tray() {
    const [tray = null] = await this.ask('trays')
    return tray
  }
  async clickTray(...path: string[]): Promise<void> {
    await this.ask('clickTray', path)
  }
  async notifications() {
    return (await this.ask('notifications')).filter(({ isShown }) => isShown)
  }
  async clickNotification(index: number): Promise<void> {
    const shown = (await this.ask('notifications')).map(({ isShown }, at) => (isShown ? at : -1))
    await this.ask('clickNotification', shown.filter((at) => at >= 0)[index] ?? -1)
  }
  async isWindowOpen(): Promise<boolean> {
    return (await this.ask('windows')).length > 0
  }
  async bounds(): Promise<Bounds> {
    const [window] = await this.ask('windows')
    if (!window) throw new Error('there is no window')
    return window.bounds
  }
  async moveWindow(bounds: Bounds): Promise<void> {
    await this.ask('moveWindow', bounds)
  }
  async closeWindow(): Promise<void> {
    await this.ask('closeWindow')
  }

  async page(): Promise<Page> {
    await until(() => this.isWindowOpen(), `a window; ${this.#output}`)
    const [window] = await this.ask('windows')
    const address = await this.ask('chromium')
    if (!window || address === null) throw new Error('the window has gone')
    this.#browser ??= await chromium.connectOverCDP(address, { noDefaults: true })
    let found: Page | undefined
    await until(async () => {
      found = await this.#pageOf(window.target)
      return found !== undefined
    }, 'the page of the window')
    if (!found) throw new Error('the page has gone')
    found.setDefaultTimeout(8_000)
    // Playwright gives a crashed page up for good; whoever joins anew sees it loaded again.
    found.once('crash', () => {
      void this.#browser?.close()
      this.#browser = null
    })
    return found
  }

  async #pageOf(target: string): Promise<Page | undefined> {
    for (const context of this.#browser?.contexts() ?? []) {
      for (const page of context.pages()) {
        if ((await targetOf(page)) === target) return page
      }
    }
    return undefined
  }

  async quit(how: QuitBy): Promise<void> {
    if (how === 'tray') return this.clickTray('quit')
    if (how === 'osShutdown') return void (await this.ask('shutDown'))
    process.kill(this.pid, 'SIGTERM')
  }

  /** Ends it if it has not ended. */
  async end(): Promise<void> {
    await this.#browser?.close().catch(() => {}) // It ended first.
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGTERM')
    await this.exited
  }
}

/** Null for one that was closed meanwhile. */
async function targetOf(page: Page): Promise<string | null> {
  try {
    const session = await page.context().newCDPSession(page)
    const { targetInfo } = await session.send('Target.getTargetInfo')
    await session.detach()
    return targetInfo.targetId
  } catch {
    return null
  }
}
