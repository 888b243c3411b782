import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppUpdater } from '../../host/updates/app-updater.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import type { ReleaseManifest } from '../../shared/release-manifest.ts'
import type { AppChannel, Offer } from '../../shared/updates.ts'
import type { Leaving } from '../quit/quit-path.ts'
import { downloadFile, type fileLimits } from './download-file.ts'
import { noteFailedInstall, takeFailedInstall } from './failed-install.ts'
import type { Downloaded, PackageUpdater } from './package-updater.ts'
import type { ReleaseSource } from './prepare-updater.ts'
import { type FeedParts, ReleaseFeed } from './release-feed.ts'

export interface SelfUpdaterParts extends FeedParts {
  readonly leaving: Leaving
  readonly downloadLimits?: typeof fileLimits
  /** Loads what it needs when it is first asked. */
  packageOf(source: ReleaseSource): Promise<PackageUpdater>
  quit(): void
}

/** The application's own update: electron-updater with releases that are verified before it sees them. */
export class SelfUpdater implements AppUpdater {
  readonly unavailable = null
  readonly former: Problem | null
  readonly #parts: SelfUpdaterParts
  readonly #feed: ReleaseFeed
  readonly #failedPath: string
  /** Of the channel that was looked at last. */
  #package: { readonly channel: AppChannel; readonly of: PackageUpdater } | null = null
  #newest: ReleaseManifest | null = null
  #downloaded: Downloaded | null = null
  #download: { progress(done: number): void; readonly signal: AbortSignal } | null = null

  constructor(parts: SelfUpdaterParts) {
    this.#parts = parts
    this.#failedPath = join(parts.folder, 'failed-install.json')
    this.former = takeFailedInstall(this.#failedPath)
    this.#feed = new ReleaseFeed(parts)
  }

  async check(channel: AppChannel): ReturnType<AppUpdater['check']> {
    try {
      const { updater } = await this.#packageFor(channel)
      const found = await updater.checkForUpdates()
      const manifest = this.#newest
      if (!found?.isUpdateAvailable || !manifest) {
        if (!this.#download) await this.#tidy()
        return { ok: true, offer: null }
      }
      return { ok: true, offer: offerOf(manifest) }
    } catch (error) {
      if (error instanceof ProblemError) return { ok: false, ...error.problem }
      const url = this.#parts.settings.feed.href
      return { ok: false, ...problem('UPDATE_FEED_INVALID', { url, detail: messageOf(error) }) }
    }
  }

  async download(
    progress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): ReturnType<AppUpdater['download']> {
    const manifest = this.#newest
    if (!manifest || !this.#package || this.#download) {
      return failedDownload(
        manifest?.version ?? '',
        this.#download ? 'it is under way' : 'nothing was offered',
      )
    }
    const total = manifest.file.bytes
    this.#download = { progress: (done) => progress(done, total), signal }
    progress(0, total)
    try {
      const [path] = await this.#package.of.updater.downloadUpdate()
      signal.throwIfAborted()
      if (path === undefined) return failedDownload(manifest.version, 'there is no file')
      this.#downloaded = { path, manifest }
      progress(total, total) // it may have lain there already
      return { ok: true, bytes: total }
    } catch (error) {
      if (signal.aborted) return { ok: false, ...problem('JOB_CANCELLED', {}) }
      return failedDownload(manifest.version, messageOf(error))
    } finally {
      this.#download = null
    }
  }

  async installNow(): Promise<Problem | null> {
    const downloaded = this.#downloaded
    if (!downloaded || !this.#package) return failedInstall('', 'nothing was downloaded')
    const { of } = this.#package
    const { version } = downloaded.manifest
    try {
      const ready = await of.makeReady(downloaded)
      const isLeaving = this.#parts.leaving.handOver(() => {
        try {
          if (ready.finish(true)) this.#parts.quit()
        } catch (error) {
          noteFailedInstall(this.#failedPath, version, error)
          of.reopen()
          this.#parts.quit()
        }
      })
      if (isLeaving) return null
      await ready.discard()
      return problem('HOST_LEAVING', { pid: process.pid })
    } catch (error) {
      return failedInstall(version, messageOf(error))
    }
  }

  installOnQuit(wanted: boolean): void {
    const downloaded = this.#downloaded
    const { leaving } = this.#parts
    if (!wanted || !downloaded || !this.#package) return leaving.installOnQuit(null)
    const { of } = this.#package
    leaving.installOnQuit(async () => {
      try {
        const ready = await of.makeReady(downloaded)
        ready.finish(false)
      } catch (error) {
        noteFailedInstall(this.#failedPath, downloaded.manifest.version, error)
      }
    })
  }

  /** Each channel has its own, since electron-updater keeps what it found. */
  async #packageFor(channel: AppChannel): Promise<PackageUpdater> {
    if (this.#package?.channel === channel) return this.#package.of
    const of = await this.#parts.packageOf({
      channel,
      newest: async () => {
        const found = await this.#feed.newest(channel)
        if (!found.ok) throw new ProblemError(found)
        this.#newest = found.manifest
        return found.manifest
      },
      addressOf: (manifest) => this.#feed.addressOf(manifest),
      download: (path) => this.#receive(path),
    })
    this.#package = { channel, of }
    return of
  }

  async #receive(path: string): Promise<void> {
    if (!this.#newest || !this.#download) throw new Error('nothing is asked for')
    const { progress, signal } = this.#download
    const { file } = this.#newest
    const { fetch, downloadLimits } = this.#parts
    const from = this.#feed.addressOf(this.#newest)
    await downloadFile(fetch, from, path, file, progress, signal, downloadLimits)
  }

  /** What was downloaded for an installation that has come about, or will not. */
  async #tidy(): Promise<void> {
    this.#downloaded = null
    await rm(join(this.#parts.folder, 'pending'), { recursive: true, force: true })
    await this.#package?.of.tidy()
  }
}

function offerOf({ version, issuedAt, file, notes, notesUrl }: ReleaseManifest): Offer {
  return { version, publishedAt: Date.parse(issuedAt), bytes: file.bytes, notes, notesUrl }
}

function failedDownload(version: string, detail: string): { ok: false } & Problem {
  return { ok: false, ...problem('UPDATE_DOWNLOAD_FAILED', { version, detail }) }
}

function failedInstall(version: string, detail: string): Problem {
  return problem('UPDATE_INSTALL_FAILED', { version, detail })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
