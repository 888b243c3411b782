import { shapeIn } from './state-lines.ts'
import type { TrayModel } from './tray-model.ts'

/** What the icon stands on. macOS colours template images itself, so there it is of no account. */
export type Panel = 'light' | 'dark' | 'neutral'

/** The icon's file, below `assets/icons/tray`. */
export function trayIcon(
  model: TrayModel,
  { platform, panel }: { platform: NodeJS.Platform; panel: Panel },
): string {
  const name = `${shapeIn(model)}${model.updateVersion ? 'Update' : ''}`
  return platform === 'darwin' ? `macos/${name}Template.png` : `linux/${panel}/${name}.png`
}

/**
 * Linux does not say what colour its panel has. Where it is certain, a plain mark is used; elsewhere the
 * neutral set, which brings its own background. `isDesktopDark`: the desktop's applications are dark,
 * null where that is not known; a dark desktop has dark panels, a light one may have either.
 */
export function linuxPanel(env: NodeJS.ProcessEnv, isDesktopDark: boolean | null): Panel {
  const asked = env.MOLTBOT_TRAY_PANEL
  if (asked === 'light' || asked === 'dark' || asked === 'neutral') return asked
  const desktops = (env.XDG_CURRENT_DESKTOP ?? '').split(':')
  // The only GNOME whose top bar follows the applications' colours.
  if (desktops.includes('GNOME-Classic')) {
    if (isDesktopDark === null) return 'neutral'
    return isDesktopDark ? 'dark' : 'light'
  }
  if (desktops.some((name) => name === 'GNOME' || name === 'Unity')) return 'dark'
  return isDesktopDark ? 'dark' : 'neutral'
}
