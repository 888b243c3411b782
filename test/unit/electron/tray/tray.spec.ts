import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { root } from '../../../../build/prepare/root.mjs'
import type { TrayActs, TrayModel } from '../../../../electron/tray/tray-model.ts'
import type { GatewayState } from '../../../../shared/gateway-state.ts'
import { scriptedStates, snapshotOf } from '../../../fixtures/scripted-states.ts'

interface Item {
  id?: string
  submenu?: Item[]
  click?(): void
}

/** What the desktop has been told; Electron's own behaviour is the subject of the end-to-end specs. */
const desktop = vi.hoisted(() => ({
  trays: [] as { icon: string; tooltip: string; menus: Item[][]; isDestroyed: boolean; click(): void }[],
  isDark: false,
  theme: new Set<() => void>(),
  panel: (_isThere: boolean) => {},
  isWatched: false,
  emptyFiles: [] as string[],
}))

vi.mock('electron', () => ({
  Tray: class {
    icon: string
    tooltip = ''
    menus: Item[][] = []
    isDestroyed = false
    click = () => {}
    constructor(image: { path: string }) {
      this.icon = image.path
      desktop.trays.push(this)
    }
    setImage(image: { path: string }) {
      this.icon = image.path
    }
    setToolTip(text: string) {
      this.tooltip = text
    }
    setContextMenu(menu: Item[]) {
      this.menus.push(menu)
    }
    on(_event: 'click', listener: () => void) {
      this.click = listener
    }
    destroy() {
      this.isDestroyed = true
    }
  },
  Menu: { buildFromTemplate: (items: Item[]) => items },
  nativeImage: {
    createFromPath: (path: string) => ({
      path,
      isEmpty: () => desktop.emptyFiles.some((name) => path.includes(name)),
    }),
  },
  nativeTheme: {
    themeSource: 'system',
    get shouldUseDarkColors() {
      return desktop.isDark
    },
    on: (_event: 'updated', listener: () => void) => desktop.theme.add(listener),
    off: (_event: 'updated', listener: () => void) => desktop.theme.delete(listener),
  },
}))
vi.mock('../../../../electron/tray/status-notifier-watcher.ts', () => ({
  watchStatusNotifier: (parts: { changed(isThere: boolean): void }) => {
    desktop.panel = parts.changed
    desktop.isWatched = true
    return {
      stop: () => {
        desktop.isWatched = false
      },
    }
  },
}))
const { openTray } = await import('../../../../electron/tray/tray.ts')

const now = Date.UTC(2026, 10, 22, 9)
const { running, failed } = scriptedStates(now)
const isLinux = process.platform === 'linux'

describe('the tray', () => {
  const asked: string[] = []
  const seen: boolean[] = []
  const acts: TrayActs = {
    start: () => asked.push('start'),
    stop: () => asked.push('stop'),
    restart: () => asked.push('restart'),
    open: (page) => asked.push(`open ${page}`),
    chooseLanguage: (choice) => asked.push(`language ${choice}`),
    quit: () => asked.push('quit'),
  }
  const modelOf = (state: GatewayState | null): TrayModel => ({
    gateway: state && snapshotOf(state, now).gateway,
    language: 'en',
    languageChoice: 'system',
    updateVersion: null,
  })
  const open = () =>
    openTray({
      iconsDir: join(root, 'assets', 'icons'),
      acts,
      model: modelOf(null),
      visibilityChanged: (isVisible) => seen.push(isVisible),
    })
  const only = () => {
    const [tray, ...others] = desktop.trays.filter((it) => !it.isDestroyed)
    if (!tray || others.length > 0) throw new Error(`${others.length + 1} trays`)
    return tray
  }
  const itemOf = (items: Item[], id: string): Item | undefined =>
    items.flatMap((item) => [item, ...(item.submenu ?? [])]).find((item) => item.id === id)
  const click = (id: string) => itemOf(only().menus.at(-1) ?? [], id)?.click?.()

  beforeEach(() => {
    asked.length = 0
    seen.length = 0
    Object.assign(desktop, { trays: [], isDark: false, isWatched: false, emptyFiles: [] })
    desktop.theme.clear()
    vi.stubEnv('XDG_CURRENT_DESKTOP', 'KDE')
  })

  it('stands at once, and follows the state with a new menu', () => {
    const tray = open()
    expect(only().menus).toHaveLength(1)
    tray.show(modelOf(running))
    expect(only().icon).toMatch(/running(Template)?\.png$/)
    expect(only().tooltip).toContain('Running')
    expect(only().menus).toHaveLength(2)
    tray.show(modelOf(failed))
    expect(only().icon).toMatch(/failed/)
  })

  it('is left alone while nothing that it shows has changed', () => {
    const tray = open()
    tray.show(modelOf(running))
    const { gateway } = modelOf(running)
    for (let revision = 0; revision < 5; revision++) {
      tray.show({ ...modelOf(running), gateway: gateway && { ...gateway, revision } })
    }
    expect(only().menus).toHaveLength(2)
  })

  it('asks for what is chosen', () => {
    const tray = open()
    tray.show(modelOf(running))
    for (const id of ['start', 'stop', 'restart', 'open', 'logs', 'settings', 'language-zh-CN', 'quit'])
      click(id)
    expect(asked).toEqual([
      'start',
      'stop',
      'restart',
      'open overview',
      'open logs',
      'open settings',
      'language zh-CN',
      'quit',
    ])
  })

  it('puts the mark back where a choice is clicked, until the choice holds', () => {
    open()
    click('language-en')
    expect(only().menus).toHaveLength(2)
  })

  it("shows the application's own icon where one is broken", () => {
    desktop.emptyFiles = ['starting']
    open()
    expect(only().icon).toBe(join(root, 'assets/icons/app/moltbot-32.png'))
  })

  it.runIf(isLinux)('makes a new icon for a new panel, and tells whether it can be seen', () => {
    const tray = open()
    expect(tray.isVisible()).toBe(true)
    desktop.panel(false)
    expect([tray.isVisible(), seen]).toEqual([false, [false]])
    desktop.panel(true)
    expect([tray.isVisible(), seen]).toEqual([true, [false, true]])
    expect(desktop.trays).toHaveLength(2)
    expect(only().menus).toHaveLength(1)
    desktop.panel(true) // another panel took its place
    expect(desktop.trays).toHaveLength(3)
    expect(seen).toEqual([false, true])
  })

  it.runIf(isLinux)('keeps the icon where the panel was there from the beginning', () => {
    open()
    desktop.panel(true)
    expect([desktop.trays.length, seen]).toEqual([1, []])
  })

  it.runIf(isLinux)('follows the colours of the desktop, and opens at a click', () => {
    open()
    expect(only().icon).toContain('neutral')
    desktop.isDark = true
    for (const listener of desktop.theme) listener()
    expect(only().icon).toContain(join('linux', 'dark'))
    only().click()
    expect(asked).toEqual(['open overview'])
  })

  it('leaves nothing behind', () => {
    open().destroy()
    expect(desktop.trays.every((tray) => tray.isDestroyed)).toBe(true)
    expect([desktop.theme.size, desktop.isWatched]).toEqual([0, false])
  })
})
