import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appPixels, iconFiles } from '../../../../build/icons/icon-files.ts'
import { root } from '../../../../build/prepare/root.mjs'
import { linuxPanel, trayIcon } from '../../../../electron/tray/tray-icon.ts'
import type { TrayModel } from '../../../../electron/tray/tray-model.ts'
import type { GatewayState } from '../../../../shared/gateway-state.ts'
import { type Pixels, readPng } from '../../../fixtures/read-png.ts'
import { scriptedStates, snapshotOf } from '../../../fixtures/scripted-states.ts'

const icons = join(root, 'assets', 'icons')
const now = Date.UTC(2026, 10, 22, 9)
const states: (GatewayState | null)[] = [null, ...Object.values(scriptedStates(now))]
const models: TrayModel[] = states.flatMap((state) =>
  [null, '0.2.0'].map((updateVersion) => ({
    gateway: state && snapshotOf(state, now).gateway,
    language: 'en' as const,
    languageChoice: 'system' as const,
    updateVersion,
  })),
)
const named = (platform: NodeJS.Platform, panel: 'light' | 'dark' | 'neutral') => [
  ...new Set(models.map((model) => trayIcon(model, { platform, panel }))),
]
const read = (file: string) => readPng(readFileSync(join(icons, file)))
const covered = ({ rgba }: Pixels) => rgba.filter(([, , , alpha]) => alpha > 200)

describe('the icons of the tray', () => {
  const mac = named('darwin', 'dark')

  it('has ten for macOS: five states, each with and without the mark of an update', () => {
    expect(mac).toHaveLength(10)
  })

  it.each(mac)('%s is a template image in both sizes', (file) => {
    expect(file).toMatch(/Template\.png$/)
    const large = file.replace('.png', '@2x.png')
    for (const [path, pixels] of [
      [file, 16],
      [large, 32],
    ] as const) {
      const image = read(`tray/${path}`)
      expect([image.width, image.height]).toEqual([pixels, pixels])
      // Black and alpha only: macOS colours it as the menu bar needs.
      expect(image.rgba.filter(([r, g, b, alpha]) => alpha > 0 && r + g + b > 0)).toEqual([])
      expect(covered(image).length).toBeGreaterThan(pixels * 2)
      expect(image.rgba.filter(([, , , alpha]) => alpha === 0).length).toBeGreaterThan(pixels * 4)
    }
  })

  it.each(['light', 'dark', 'neutral'] as const)('has ten of 32 px for %s panels on Linux', (panel) => {
    const files = named('linux', panel)
    expect(files).toHaveLength(10)
    for (const file of files) {
      const image = read(`tray/${file}`)
      expect([image.width, image.height]).toEqual([32, 32])
      expect(covered(image).length).toBeGreaterThan(64)
    }
  })

  it.each([
    ['light', [242, 242, 242]],
    ['dark', [48, 48, 48]],
  ] as const)('is seen on %s panels', (panel, behind) => {
    for (const file of named('linux', panel)) {
      for (const color of covered(read(`tray/${file}`))) expect(contrast(color, behind)).toBeGreaterThan(7)
    }
  })

  it('brings its own background where the panel is not known: white on a tile', () => {
    for (const file of named('linux', 'neutral')) {
      const image = read(`tray/${file}`)
      const tile = image.rgba[16 * 32 + 1] ?? [0, 0, 0, 0]
      expect(tile[3]).toBe(255)
      expect(contrast(tile, [255, 255, 255])).toBeGreaterThan(4.5)
      expect(
        covered(image).filter(([r, g, b]) => r === 255 && g === 255 && b === 255).length,
      ).toBeGreaterThan(64)
    }
  })

  it('tells the states apart by form: no two icons cover the same pixels', () => {
    for (const files of [mac, named('linux', 'dark')]) {
      for (const [index, file] of files.entries()) {
        for (const other of files.slice(index + 1)) {
          const [a, b] = [read(`tray/${file}`), read(`tray/${other}`)]
          const differing = a.rgba.filter(
            ([, , , alpha], at) => Math.abs(alpha - (b.rgba[at]?.[3] ?? 0)) > 128,
          )
          expect(differing.length, `${file} and ${other}`).toBeGreaterThan(8)
        }
      }
    }
  })

  it('is complete: every drawn file is there', () => {
    const files = iconFiles((source) => readFileSync(join(icons, source), 'utf8'))
    for (const { path, pixels } of files) expect([path, read(path).width]).toEqual([path, pixels])
    expect(files.filter(({ path }) => path.startsWith('app/'))).toHaveLength(appPixels.length)
  })
})

describe('the panel on Linux', () => {
  it.each([
    [
      'GNOME has a dark bar, whatever the applications',
      { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' },
      false,
      'dark',
    ],
    ['so has Unity', { XDG_CURRENT_DESKTOP: 'Unity' }, null, 'dark'],
    [
      'GNOME Classic follows the applications',
      { XDG_CURRENT_DESKTOP: 'GNOME-Classic:GNOME' },
      false,
      'light',
    ],
    ['to dark, too', { XDG_CURRENT_DESKTOP: 'GNOME-Classic:GNOME' }, true, 'dark'],
    ['unless they are not known', { XDG_CURRENT_DESKTOP: 'GNOME-Classic:GNOME' }, null, 'neutral'],
    ['a light KDE may have either', { XDG_CURRENT_DESKTOP: 'KDE' }, false, 'neutral'],
    ['a dark KDE has a dark one', { XDG_CURRENT_DESKTOP: 'KDE' }, true, 'dark'],
    ['nothing is known', {}, null, 'neutral'],
    ['the owner knows better', { XDG_CURRENT_DESKTOP: 'GNOME', MOLTBOT_TRAY_PANEL: 'light' }, true, 'light'],
    ['unless it is a slip', { XDG_CURRENT_DESKTOP: 'GNOME', MOLTBOT_TRAY_PANEL: 'bright' }, true, 'dark'],
  ] as const)('%s', (_why, env, isDark, panel) => {
    expect(linuxPanel(env, isDark)).toBe(panel)
  })
})

type Color = readonly [number, number, number, ...number[]]

/** Ratio after WCAG. */
function contrast(a: Color, b: Color): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number] // two in, two out
  return (light + 0.05) / (dark + 0.05)
}

function luminance([red, green, blue]: Color): number {
  const [r, g, b] = [red, green, blue].map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number] // three in, three out
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
