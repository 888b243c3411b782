import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findChromium } from './chromium.ts'

/** What specs may need of the machine beyond Node. */
export type Requirement =
  | 'chromium'
  | 'cjk-font'
  | 'procfs'
  | 'dbus'
  | 'gnome-keyring'
  | 'age'
  | 'desktop-entries'
  | 'gio'
  | 'systemd'
  | 'user-systemd'
  | 'strace'

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
  'desktop-entries': {
    isMet: () => isOnPath('desktop-file-validate'),
    debianPackage: 'desktop-file-utils',
    remedy: 'install desktop-file-utils, whose program judges desktop entries by the specification',
  },
  gio: {
    isMet: () => isOnPath('gio'),
    debianPackage: 'libglib2.0-bin',
    remedy: 'install the tools of GLib, which starts desktop entries as GNOME does',
  },
  systemd: {
    isMet: () => isOnPath('systemd-analyze') && isOnPath('systemctl'),
    debianPackage: 'systemd',
    remedy: 'install systemd, whose own reader judges the units',
  },
  'user-systemd': {
    isMet: () => isOnPath('systemd') && spawnSync('unshare', ['-m', 'true']).status === 0,
    debianPackage: 'systemd',
    remedy: 'run these specs as root on a Linux with systemd, where one more can be started apart',
  },
  strace: {
    isMet: () => isOnPath('strace'),
    debianPackage: 'strace',
    remedy: 'install strace, which ends a program at a system call of a spec’s choice',
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
