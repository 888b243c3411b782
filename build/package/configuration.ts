import { join } from 'node:path'
import type { AfterPackContext, Configuration } from 'electron-builder'
import type { PackageKind } from '../../shared/release-manifest.ts'
import type { DebScripts } from './deb-scripts.ts'
import type { Stage } from './stage.ts'
import { type Target, titleOf } from './target.ts'

interface ConfigurationParts {
  readonly root: string
  readonly target: Target
  readonly kind: PackageKind
  readonly stage: Stage
  readonly debScripts: DebScripts
  /** Where packages and the unpacked folder go. */
  readonly output: string
  readonly version: string
  readonly electronVersion: string
  /** A folder with Electron's distribution for the target; null: it is downloaded. */
  readonly electronDist: string | null
  /** For deb: who answers for the package. */
  readonly maintainer: string
  readonly homepage: string
  /** A certificate is set; without one, macOS packages are signed for the machine that builds them alone. */
  readonly canSign: boolean
  readonly canNotarize: boolean
  afterExtract(context: AfterPackContext): Promise<void>
  afterPack(context: AfterPackContext): Promise<void>
}

export const executableName = 'moltbot-desktop'
const productName = 'Moltbot Desktop'

/** What electron-builder is told for one kind of package. */
export function configurationFor(parts: ConfigurationParts): Configuration {
  const { root, target, stage, output, electronVersion, electronDist } = parts
  const isLinux = target.platform === 'linux'
  return {
    appId: 'bot.molt.MoltbotDesktop',
    // On Linux it names the folder below /opt, which must do without a space; the name shown is in the entry.
    productName: isLinux ? executableName : productName,
    copyright: 'MIT licence',
    directories: { app: stage.app, output, buildResources: join(root, 'build') },
    files: ['package.json', 'desktop*.mjs', 'preload.cjs', 'icons/**/*.png'],
    asar: true,
    // Twice, because a filter never lets the uppermost `node_modules` of a folder through.
    extraResources: [
      { from: stage.resources, to: '.', filter: ['**/*'] },
      { from: join(stage.resources, 'node_modules'), to: 'node_modules', filter: ['**/*'] },
    ],
    extraMetadata: { homepage: parts.homepage },
    electronVersion,
    ...(electronDist !== null && { electronDist }),
    electronLanguages: ['en-US', 'zh-CN'],
    // Updates are announced by a signed manifest of our own; nothing is uploaded from here.
    publish: null,
    artifactName: artifactName(parts),
    toolsets: { appimage: '1.0.3' },
    // No: nothing is compiled for Electron, since what is native runs under a plain Node, and no packages are
    // looked for, since all are staged. (`npmRebuild: false` says the first alone, and keeps this from being asked.)
    beforeBuild: async () => false,
    afterExtract: parts.afterExtract,
    afterPack: parts.afterPack,
    ...(isLinux ? linux(parts) : mac(parts)),
  }
}

/** `moltbot-desktop-<version>-linux|macos-x64|arm64.<ext>`; electron-builder's own names for x64 differ by kind. */
function artifactName({ version, target }: ConfigurationParts): string {
  const system = target.platform === 'darwin' ? 'macos' : 'linux'
  // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
  const ending = '${ext}'
  return `${executableName}-${version}-${system}-${target.arch}.${ending}`
}

function linux({
  root,
  debScripts,
  maintainer,
}: ConfigurationParts): Pick<Configuration, 'linux' | 'deb' | 'appImage'> {
  return {
    linux: {
      executableName,
      icon: join(root, 'assets/icons/package/linux'),
      // The entry's name has to be that of `desktopName`: windows, and permissions of portals, are matched by it.
      syncDesktopName: true,
      category: 'Utility',
      synopsis: 'Runs and looks after a Moltbot gateway',
      description: 'Starts, watches, backs up and updates a Moltbot gateway on this computer',
      maintainer,
      vendor: 'Moltbot Desktop',
      desktop: { entry: desktopEntry },
    },
    deb: {
      packageCategory: 'utils',
      compression: 'xz',
      depends: debDepends,
      recommends: ['libayatana-appindicator3-1 | libappindicator3-1', 'gnome-keyring | kwalletmanager'],
      ...debScripts,
    },
    appImage: { compression: 'zstd' },
  }
}

/** What electron-builder puts beside `Exec`, `Icon`, `StartupWMClass` and `Categories`. */
export const desktopEntry: Record<string, string> = {
  Name: productName,
  'Name[zh_CN]': 'Moltbot 桌面版',
  GenericName: 'Gateway supervisor',
  'GenericName[zh_CN]': '网关管理',
  'Comment[zh_CN]': '启动、看护并照管本机的 Moltbot 网关',
  Keywords: 'moltbot;gateway;assistant;chat;',
  'Keywords[zh_CN]': 'moltbot;网关;助手;聊天;',
  'X-GNOME-SingleWindow': 'true',
  StartupNotify: 'true',
}

/** What Electron links against; `t64` is the name since Debian 13 and Ubuntu 24.04. */
const debDepends = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnotify4',
  'libnss3',
  'libxss1',
  'libxtst6',
  'xdg-utils',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libuuid1',
  'libgbm1',
  'libasound2t64 | libasound2',
  'libstdc++6',
]

function mac({ root, canSign, canNotarize }: ConfigurationParts): Pick<Configuration, 'mac' | 'dmg'> {
  return {
    mac: {
      target: ['dmg', 'zip'],
      category: 'public.app-category.utilities',
      icon: join(root, 'assets/icons/package/mac/moltbot.icns'),
      minimumSystemVersion: '13.0',
      // Without a certificate there is no team that libraries could be of, which the hardened runtime asks for.
      ...(!canSign && { identity: '-' }),
      hardenedRuntime: canSign,
      gatekeeperAssess: false,
      entitlements: join(root, 'build/entitlements.mac.plist'),
      // For each program inside, the plain Node among them.
      entitlementsInherit: join(root, 'build/entitlements.mac.inherit.plist'),
      notarize: canSign && canNotarize,
      extendInfo: {
        // No icon in the Dock until there is a window: this lives in the menu bar.
        LSUIElement: true,
        // Banners vanish before anybody can press a button on them.
        NSUserNotificationAlertStyle: 'alert',
        CFBundleLocalizations: ['en', 'zh_CN'],
      },
    },
    dmg: { title: productName, writeUpdateInfo: false },
  }
}

export function packageTitle(target: Target, kind: PackageKind): string {
  return `${kind === 'dmg' ? 'dmg and zip' : kind === 'deb' ? 'deb' : 'AppImage'} for ${titleOf(target)}`
}
