import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findChromium } from './chromium.ts'

/** What specs may need of the machine beyond Node. */
export type Requirement = 'chromium' | 'cjk-font' | 'procfs' | 'dbus' | 'gnome-keyring' | 'age'

interface Need {
  readonly isMet: () => boolean
  /** Null where no package brings it. */
  readonly debianPackage: string | null
  /** Completes "… is missing: ". */
  readonly remedy: string
}

const chineseFonts = [
  '/usr/share/fonts/**/wqy-*.{ttc,ttf}',
  '/usr/share/fonts/**/NotoSans*CJK*.{ttc,otf}',
  '/usr/share/fonts/**/NotoSansSC*.{ttf,otf}',
]

export const requirements: Record<Requirement, Need> = {
  chromium: {
    isMet: () => findChromium() !== null,
    debianPackage: 'chromium',
    remedy: 'install Chromium or Google Chrome, or name one in MOLTBOT_TEST_CHROMIUM',
  },
  'cjk-font': {
    isMet: () =>
      process.platform === 'darwin' || chineseFonts.some((pattern) => globSync(pattern).length > 0),
    debianPackage: 'fonts-wqy-microhei',
    remedy: 'install a Chinese font, for example fonts-wqy-microhei or Noto Sans CJK',
  },
  procfs: {
    isMet: () => existsSync('/proc/self/stat'),
    debianPackage: null,
    remedy:
      'run these specs on Linux, where the kernel can be asked about processes without a program of ours',
  },
  dbus: {
    isMet: () => isOnPath('dbus-daemon'),
    debianPackage: 'dbus',
    remedy: 'install D-Bus, whose program dbus-daemon is a session bus to test with',
  },
  'gnome-keyring': {
    isMet: () => isOnPath('gnome-keyring-daemon') && isOnPath('dbus-daemon'),
    debianPackage: 'gnome-keyring',
    remedy: 'install gnome-keyring, whose daemon is a keychain to test with',
  },
  age: {
    isMet: () => isOnPath('age'),
    debianPackage: 'age',
    remedy: 'install age, which backups have to open with',
  },
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((at) => existsSync(join(at, program)))
}

/** Why specs that need this are skipped; null when the machine has it. */
export function missing(requirement: Requirement): string | null {
  const need = requirements[requirement]
  return need.isMet() ? null : `${requirement} is missing: ${need.remedy}`
}
