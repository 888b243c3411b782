import type { Page } from 'playwright-core'
import type { ShownItem } from '../../fixtures/electron-stand-in/module/menu.ts'

export interface DesktopTray {
  readonly tooltip: string
  readonly menu: readonly ShownItem[]
}

export interface DesktopNotification {
  readonly title: string
  readonly body: string
}

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * `tray`: by its menu. `signal`: SIGTERM, once. `osShutdown`: the desktop says that it ends, and waits for who
 * asks it to.
 */
export type QuitBy = 'tray' | 'signal' | 'osShutdown'

/** What a person at the desktop can see and do. */
export interface DesktopDriver {
  readonly pid: number
  /** Exit code, or the signal that ended it. */
  readonly exited: Promise<number | string>
  /** What it has written to both outputs. */
  output(): string
  /** Null before it is in the panel, and where there is none. */
  tray(): Promise<DesktopTray | null>
  /** By labels or ids, from the outermost menu on. */
  clickTray(...path: string[]): Promise<void>
  notifications(): Promise<readonly DesktopNotification[]>
  clickNotification(index: number): Promise<void>
  isWindowOpen(): Promise<boolean>
  /** The window's page, once there is a window. */
  page(): Promise<Page>
  bounds(): Promise<Bounds>
  moveWindow(bounds: Bounds): Promise<void>
  closeWindow(): Promise<void>
  /** Asks it to end; `exited` tells when it has. */
  quit(how: QuitBy): Promise<void>
}

export interface DesktopStart {
  readonly env: NodeJS.ProcessEnv
  /** The main script; the built application without one. */
  readonly main?: string
  readonly args?: readonly string[]
  readonly language?: 'en' | 'zh'
  readonly scheme?: 'light' | 'dark'
}
