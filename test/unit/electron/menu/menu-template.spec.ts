import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../../electron/menu/menu-template.ts'
import { textsIn } from '../../../../shared/wording/texts.ts'

const platforms = ['darwin', 'linux'] as const
const menu = (platform: NodeJS.Platform, language: 'en' | 'zh-CN') =>
  menuTemplate(platform, textsIn(language), 'Moltbot')
const below = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
const rolesOf = (items: readonly MenuItemConstructorOptions[]) => below(items).map(({ role }) => role)

describe('the application menu', () => {
  it.each(platforms)('on %s has what copying, zooming and quitting need', (platform) => {
    expect(rolesOf(menu(platform, 'en'))).toEqual(
      expect.arrayContaining([
        'undo',
        'redo',
        'cut',
        'copy',
        'paste',
        'selectAll',
        'resetZoom',
        'zoomIn',
        'zoomOut',
      ]),
    )
    expect(rolesOf(menu(platform, 'en'))).toEqual(expect.arrayContaining(['close', 'quit', 'about']))
  })

  it('on macOS has what every application has there', () => {
    expect(menu('darwin', 'en').map(({ label }) => label)).toEqual(['Moltbot', 'Edit', 'View', 'Window'])
    expect(rolesOf(menu('darwin', 'en'))).toEqual(
      expect.arrayContaining(['hide', 'services', 'minimize', 'front']),
    )
  })

  it.each(platforms)('on %s is labelled in the language chosen, each item', (platform) => {
    const english = [...menu(platform, 'en'), ...below(menu(platform, 'en'))]
    const chinese = [...menu(platform, 'zh-CN'), ...below(menu(platform, 'zh-CN'))]
    expect(english.map(({ role, type }) => [role, type])).toEqual(
      chinese.map(({ role, type }) => [role, type]),
    )
    for (const { type, label } of chinese) {
      if (type !== 'separator' && label !== 'Moltbot') expect(label).toMatch(/\p{Script=Han}/u)
    }
    for (const { type, label } of english) {
      if (type !== 'separator') expect(label).toMatch(/^[A-Z][A-Za-z ]+$/)
    }
  })
})
