import type { Menu, Notification, Tray } from 'electron'

/** What recording-main.mjs keeps on the global object of Electron's main process. */
export interface Recorded {
  readonly recorded: {
    readonly tray: Tray | null
    readonly menu: Menu | null
    readonly tooltip: string
    /** Shown and not closed. */
    readonly notifications: readonly Notification[]
  }
}
