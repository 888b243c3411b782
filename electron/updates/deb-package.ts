import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DebUpdater } from 'electron-updater'
import type { InstallOptions } from 'electron-updater/out/BaseUpdater.js'
import type { Downloaded, PackageUpdater, ReadyInstall } from './package-updater.ts'
import { adapterOf, prepareUpdater, type ReleaseSource } from './prepare-updater.ts'
import { stageFile } from './replace-file.ts'

interface DebParts {
  readonly version: string
  readonly folder: string
  readonly source: ReleaseSource
  quit(): void
  relaunch(): void
}

/** A Debian package is installed by dpkg, which the owner allows with a password. */
export function debPackage(parts: DebParts): PackageUpdater {
  const folder = join(parts.folder, 'to-install')
  const updater = new VerifyingUpdater(null, adapterOf(parts))
  prepareUpdater(updater, parts.source, parts.folder)
  return {
    updater,
    async makeReady(downloaded: Downloaded): Promise<ReadyInstall> {
      const path = await verifiedCopy(downloaded, folder)
      return {
        finish(reopens) {
          updater.finish(path, reopens)
          return true
        },
        discard: () => rm(path, { force: true }),
      }
    },
    tidy: () => rm(folder, { recursive: true, force: true }),
    reopen: () => parts.relaunch(),
  }
}

/** Under a name of ours: the path stands in a command that a shell reads, between single quotes. */
async function verifiedCopy({ path, manifest }: Downloaded, folder: string): Promise<string> {
  const copy = join(folder, 'moltbot-desktop.deb')
  if (copy.includes("'")) throw new Error(`${folder} has a quote in its name`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await copyFile(path, copy)
  const staged = await stageFile(path, copy, manifest.file)
  staged.commit()
  return copy
}

class VerifyingUpdater extends DebUpdater {
  finish(path: string, reopens: boolean): void {
    // Its own would be what was downloaded, some time ago.
    Object.assign(this.downloadedUpdateHelper ?? {}, { _file: path })
    let why: Error | null = null
    const note = (error: Error) => {
      why = error
    }
    this.once('error', note)
    const isInstalled = this.install(true, reopens)
    this.off('error', note)
    if (!isInstalled) throw why ?? new Error('it was not installed')
  }

  /**
   * electron-updater's own takes it for an installation when apt-get has mended what dpkg refused, a password
   * for instance, and lets it mend by removing the application. Here dpkg has the last word, and one password
   * is asked for.
   */
  protected override doInstall({ isForceRunAfter }: InstallOptions): boolean {
    const dpkg = ['dpkg', '-i', this.installerPath ?? '']
    const mend = ['apt-get', 'install', '-f', '-y', '--no-remove']
    this.runCommandWithSudoIfNeeded([...dpkg, '||', '{', ...mend, '&&', ...dpkg, ';', '}'])
    if (isForceRunAfter) this.app.relaunch()
    return true
  }
}
