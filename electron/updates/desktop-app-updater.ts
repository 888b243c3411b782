import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import type { AppUpdater } from '../../host/updates/app-updater.ts'
import { noAppUpdater, unavailableAppUpdater } from '../../host/updates/no-app-updater.ts'
import { appFolder } from '../app-folder.ts'
import type { Leaving } from '../quit/quit-path.ts'
import { ownAppImage } from '../start/plain-runtime.ts'
import { readReleaseSettings } from './release-settings.ts'

/** What this copy of the application can do for its own update; the library for it is loaded when first used. */
export async function desktopAppUpdater(hostDir: string, leaving: Leaving): Promise<AppUpdater> {
  if (!app.isPackaged) return noAppUpdater(realpathSync(appFolder()))
  const settings = await readReleaseSettings(join(process.resourcesPath, 'release.json'))
  if (!settings.ok) return unavailableAppUpdater(settings)
  const appImage = ownAppImage(process.env)
  // Unpacked by hand, it is no file that could be replaced.
  if (settings.value.package === 'appimage' && !appImage) return noAppUpdater(process.resourcesPath)
  const { packagedAppUpdater } = await import('./packaged-app-updater.ts')
  return packagedAppUpdater({ settings: settings.value, hostDir, leaving, appImage })
}
