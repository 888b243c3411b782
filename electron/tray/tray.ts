import { Menu, nativeTheme, Tray } from 'electron'
import { menuTemplate } from './menu-template.ts'
import { trayTooltip } from './state-lines.ts'
import { watchStatusNotifier } from './status-notifier-watcher.ts'
import { linuxPanel, trayIcon } from './tray-icon.ts'
import { trayImages } from './tray-images.ts'
import { trayMenu } from './tray-menu.ts'
import type { TrayActs, TrayModel } from './tray-model.ts'

export interface OpenTray {
  show(model: TrayModel): void
  /** False on Linux where no panel shows tray icons now; true until the desktop has answered. */
  isVisible(): boolean
  destroy(): void
}

/**
 * Puts the icon into the tray; only after Electron is ready. The caller keeps the result, because an icon
 * that is collected vanishes. `iconsDir` holds `tray/` and `app/`.
 */
export function openTray(parts: {
  iconsDir: string
  acts: TrayActs
  model: TrayModel
  visibilityChanged(isVisible: boolean): void
}): OpenTray {
  const { platform } = process
  const isLinux = platform === 'linux'
  const image = trayImages(parts.iconsDir)
  let { model } = parts
  let tray: Tray | null = null
  let drawn = ''

  const draw = () => {
    const icon = trayIcon(model, { platform, panel: linuxPanel(process.env, isDesktopDark()) })
    const tooltip = trayTooltip(model)
    const items = trayMenu(model, platform)
    const drawing = JSON.stringify([icon, tooltip, items])
    if (drawing === drawn) return
    drawn = drawing
    if (tray) tray.setImage(image(icon))
    else tray = place(new Tray(image(icon)))
    tray.setToolTip(tooltip)
    // A new menu each time: Linux shows no change made inside one that is set already.
    tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(items, parts.acts, drawAnew)))
  }
  // After a click on a choice the desktop has moved the mark by itself, whether or not the choice will hold.
  const drawAnew = () => {
    drawn = ''
    draw()
  }
  const place = (placed: Tray) => {
    // A bonus where it comes; macOS opens the menu instead.
    if (isLinux) placed.on('click', () => parts.acts.open('overview'))
    return placed
  }
  const remove = () => {
    tray?.destroy()
    tray = null
  }

  draw()
  let isVisible: boolean | null = null
  // Whether a panel is there is looked up when an icon is made, so for a new panel a new icon is made.
  const panelChanged = (isThere: boolean) => {
    const was = isVisible
    isVisible = isThere
    if (isThere && was !== null) {
      remove()
      drawAnew()
    }
    if (isThere !== (was ?? true)) parts.visibilityChanged(isThere)
  }
  const watching = isLinux ? watchStatusNotifier({ changed: panelChanged }) : null
  if (isLinux) nativeTheme.on('updated', draw)

  return {
    show(next) {
      model = next
      draw()
    },
    isVisible: () => isVisible ?? true,
    destroy() {
      watching?.stop()
      if (isLinux) nativeTheme.off('updated', draw)
      remove()
    },
  }
}

/** Null where the owner's choice for this application hides what the desktop has. */
function isDesktopDark(): boolean | null {
  return nativeTheme.themeSource === 'system' ? nativeTheme.shouldUseDarkColors : null
}
