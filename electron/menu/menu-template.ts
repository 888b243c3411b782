import type { MenuItemConstructorOptions } from 'electron'
import type { Texts } from '../../shared/wording/texts.ts'

type Role = NonNullable<MenuItemConstructorOptions['role']>

/**
 * The application menu. On macOS it is what makes Cmd-C, Cmd-V and Cmd-Q work; on Linux its bar is hidden
 * until Alt is pressed, and it is what makes zoom, Ctrl-W and Ctrl-Q work. Electron's own labels are English.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  t: Texts,
  appName: string,
): MenuItemConstructorOptions[] {
  const item = (role: Role, label: string): MenuItemConstructorOptions => ({ role, label })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const isMac = platform === 'darwin'
  const about = item('about', t('menu.about', { app: appName }))
  const quit = item('quit', t('menu.quit', { app: appName }))
  const ofMac = [
    about,
    line,
    item('services', t('menu.services')),
    line,
    item('hide', t('menu.hide', { app: appName })),
    item('hideOthers', t('menu.hideOthers')),
    item('unhide', t('menu.unhide')),
    line,
    quit,
  ]
  return [
    { label: appName, submenu: isMac ? ofMac : [about, line, item('close', t('menu.close')), quit] },
    {
      label: t('menu.edit'),
      submenu: [
        item('undo', t('menu.undo')),
        item('redo', t('menu.redo')),
        line,
        item('cut', t('menu.cut')),
        item('copy', t('menu.copy')),
        item('paste', t('menu.paste')),
        item('selectAll', t('menu.selectAll')),
      ],
    },
    {
      label: t('menu.view'),
      submenu: [
        item('resetZoom', t('menu.resetZoom')),
        item('zoomIn', t('menu.zoomIn')),
        item('zoomOut', t('menu.zoomOut')),
        line,
        item('togglefullscreen', t('menu.fullScreen')),
      ],
    },
    ...(isMac
      ? [
          {
            role: 'window' as const,
            label: t('menu.window'),
            submenu: [
              item('minimize', t('menu.minimize')),
              item('zoom', t('menu.zoom')),
              item('close', t('menu.close')),
              line,
              item('front', t('menu.front')),
            ],
          },
        ]
      : []),
  ]
}
