import { type AppUpdater, NoOpLogger, Provider } from 'electron-updater'
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js'
import { DownloadedUpdateHelper } from 'electron-updater/out/DownloadedUpdateHelper.js'
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js'
import type { ResolvedUpdateFileInfo } from 'electron-updater/out/types.js'
import type { ReleaseManifest } from '../../shared/release-manifest.ts'
import type { AppChannel } from '../../shared/updates.ts'

/** What electron-updater is told of releases: only what was verified. */
export interface ReleaseSource {
  readonly channel: AppChannel
  /** Throws a ProblemError where there is none to trust. */
  newest(): Promise<ReleaseManifest>
  addressOf(manifest: ReleaseManifest): URL
  /** Writes the file of the newest release to `path`, verified. */
  download(path: string): Promise<void>
}

interface AdapterParts {
  readonly version: string
  readonly folder: string
  quit(): void
  relaunch(): void
}

/** The application as electron-updater sees it. It is told of no quit, so it installs nothing at one. */
export function adapterOf({ version, folder, quit, relaunch }: AdapterParts): AppAdapter {
  return {
    version,
    name: 'Moltbot Desktop',
    isPackaged: true,
    appUpdateConfigPath: '', // asked for only where there is no provider or no folder
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: async () => {},
    quit,
    relaunch,
    onQuit() {},
  }
}

/** Has a bare updater of electron-updater ask `source` for everything, and do nothing by itself. */
export function prepareUpdater(updater: AppUpdater, source: ReleaseSource, folder: string): void {
  updater.logger = new NoOpLogger()
  updater.on('error', () => {}) // each failure comes as a rejection as well
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.channel = source.channel
  updater.allowDowngrade = false // after the channel, which allows it
  updater.disableDifferentialDownload = true
  // What has no setter: it would make an id of this machine, read a file for the folder, and fetch by itself.
  Object.assign(updater, {
    stagingUserIdPromise: { value: Promise.resolve('') },
    downloadedUpdateHelper: new DownloadedUpdateHelper(folder),
    httpExecutor: { download: (_url: URL, path: string) => source.download(path) },
  })
  updater.setFeedURL({ provider: 'custom', updateProvider: providerOf(source) })
}

interface VerifiedInfo {
  readonly version: string
  readonly files: { url: string; sha512: string; size: number }[]
  readonly path: string
  readonly sha512: string
  readonly releaseDate: string
}

function providerOf(source: ReleaseSource) {
  return class extends Provider<VerifiedInfo> {
    #newest: ReleaseManifest | null = null

    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime)
    }

    override async getLatestVersion(): Promise<VerifiedInfo> {
      this.#newest = await source.newest()
      const { version, issuedAt, file } = this.#newest
      const files = [{ url: file.name, sha512: file.sha512, size: file.bytes }]
      return { version, files, path: file.name, sha512: file.sha512, releaseDate: issuedAt }
    }

    override resolveFiles({ files }: VerifiedInfo): ResolvedUpdateFileInfo[] {
      const [info] = files
      return this.#newest && info ? [{ url: source.addressOf(this.#newest), info }] : []
    }
  }
}
