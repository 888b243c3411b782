import type { MenuItemConstructorOptions } from 'electron'
import type { TrayAct, TrayItem } from './tray-menu.ts'
import type { TrayActs } from './tray-model.ts'

/** The menu as Electron takes it. `chosen` follows each click on a choice. */
export function menuTemplate(
  items: readonly TrayItem[],
  acts: TrayActs,
  chosen: () => void,
): MenuItemConstructorOptions[] {
  return items.map((item) => templateOf(item, acts, chosen))
}

function templateOf(item: TrayItem, acts: TrayActs, chosen: () => void): MenuItemConstructorOptions {
  switch (item.type) {
    case 'separator':
      return { type: 'separator' }
    case 'text':
      return { id: item.id, label: item.label, enabled: false }
    case 'normal':
      return { id: item.id, label: item.label, enabled: item.enabled, click: () => perform(acts, item.act) }
    case 'radio': {
      const { id, label, checked, act } = item
      const click = () => {
        perform(acts, act)
        chosen()
      }
      return { type: 'radio', id, label, checked, click }
    }
    case 'submenu': {
      const { id, label, submenu } = item
      return { type: 'submenu', id, label, submenu: menuTemplate(submenu, acts, chosen) }
    }
  }
}

function perform(acts: TrayActs, act: TrayAct): void {
  switch (act.do) {
    case 'open':
      return acts.open(act.page)
    case 'chooseLanguage':
      return acts.chooseLanguage(act.choice)
    case 'start':
      return acts.start()
    case 'stop':
      return acts.stop()
    case 'restart':
      return acts.restart()
    case 'quit':
      return acts.quit()
  }
}
