import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { app, autoUpdater, session } from 'electron'
import { saySentence } from '../../host/terminal.ts'
import type { AppUpdater } from '../../host/updates/app-updater.ts'
import { version } from '../../shared/version.ts'
import type { Leaving } from '../quit/quit-path.ts'
import type { PackageUpdater } from './package-updater.ts'
import type { ReleaseSource } from './prepare-updater.ts'
import type { Fetch } from './receive.ts'
import type { ReleaseSettings } from './release-settings.ts'
import { SelfUpdater } from './self-updater.ts'

interface PackagedParts {
  readonly settings: ReleaseSettings
  readonly hostDir: string
  readonly leaving: Leaving
  /** The one it runs from. */
  readonly appImage: string | null
}

/** With Electron's network, which knows the proxy and the certificates of this desktop. */
export function packagedAppUpdater({ settings, hostDir, leaving, appImage }: PackagedParts): AppUpdater {
  const folder = join(hostDir, 'updates')
  return new SelfUpdater({
    settings,
    current: version,
    folder,
    leaving,
    // Not the session of the window: nothing remote is let through there. Kept in memory only.
    fetch: ((address, init) => session.fromPartition('updates').fetch(address, init)) satisfies Fetch,
    now: Date.now,
    quit: () => app.quit(),
    packageOf: async (source) => packageOf(source, { settings, folder, appImage }),
  })
}

async function packageOf(
  source: ReleaseSource,
  { settings, folder, appImage }: Pick<PackagedParts, 'settings' | 'appImage'> & { readonly folder: string },
): Promise<PackageUpdater> {
  const common = { source, folder, version, quit: () => app.quit(), relaunch: () => app.relaunch() }
  switch (settings.package) {
    case 'appimage': {
      const { appImagePackage } = await import('./appimage-package.ts')
      const path = appImage ?? ''
      // Moved since, it is told so when it is to be replaced.
      const target = await realpath(path).catch(() => path)
      const said = (error: Error) => saySentence(`The new version was not opened: ${error.message}`)
      return appImagePackage({ ...common, target, env: process.env, said })
    }
    case 'deb': {
      const { debPackage } = await import('./deb-package.ts')
      return debPackage(common)
    }
    case 'dmg': {
      const { macPackage } = await import('./mac-package.ts')
      return macPackage({ ...common, squirrel: autoUpdater })
    }
  }
}
